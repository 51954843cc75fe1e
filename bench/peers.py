"""Calls per second of pywinrm's send_message in sequence. Arguments: endpoint, file with the envelope, calls. One line a run, for each line read."""
import sys
import time

from winrm.protocol import Protocol

endpoint, file, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(file, encoding="utf-8") as envelope:
    message = envelope.read()
protocol = Protocol(endpoint, transport="plaintext", username="x", password="y")
for _ in sys.stdin:
    start = time.perf_counter()
    for _ in range(calls):
        reply = protocol.send_message(message)
        if b"GetByName_OUTPUT" not in reply:
            sys.exit("another reply")
    print(calls / (time.perf_counter() - start), flush=True)
