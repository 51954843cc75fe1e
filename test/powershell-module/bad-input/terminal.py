"""Runs a program in a terminal of its own: terminal.py PROGRAM ARGUMENT ... On standard input is a JSON array of steps, ["expect", text] or
["send", text]. Prints for each expected text the seconds that it took, as a JSON array; what the terminal showed goes to standard error when a text does
not come within two minutes."""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

steps = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    # In a terminal without a size PowerShell's reader of lines fails.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 200, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])

seen, taken = b"", []
for kind, text in steps:
    if kind == "send":
        # What was shown before cannot answer what is sent now.
        seen = b""
        os.write(terminal, text.encode())
        continue
    start = time.monotonic()
    while text.encode() not in seen:
        if time.monotonic() - start > 120:
            os.kill(pid, 9)
            sys.exit(f"{text!r} did not come: {seen!r}")
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            piece = b""
        if not piece:
            sys.exit(f"The program ended before {text!r} came: {seen!r}")
        # Where is the cursor? PowerShell's reader of lines waits for the answer.
        for _ in range(piece.count(b"\x1b[6n")):
            os.write(terminal, b"\x1b[1;1R")
        seen += piece
    taken.append(time.monotonic() - start)
print(json.dumps(taken))
os.close(terminal)
os.waitpid(pid, 0)
