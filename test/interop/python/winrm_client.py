"""Sends envelopes from standard input with Debian's pywinrm, one JSON object a line: {"message": "..."}; answers likewise."""
import json
import sys

from winrm.protocol import Protocol

options = json.loads(sys.argv[1])
protocol = Protocol(**options)
for line in sys.stdin:
    try:
        reply = protocol.send_message(json.loads(line)["message"])
        if isinstance(reply, bytes):
            reply = reply.decode("utf-8")
        answer = {"reply": reply}
    except Exception as error:  # whatever the library raises is the answer
        answer = {"error": type(error).__name__ + ": " + str(error)}
    print(json.dumps(answer), flush=True)
