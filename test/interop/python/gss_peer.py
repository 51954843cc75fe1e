"""One side of a GSSAPI exchange, driven line by line: a JSON request on standard input, a JSON answer on standard output.

The mechanisms are the system's: gss-ntlmssp by itself, or it or Kerberos inside of MIT's SPNEGO.
"""

import base64
import json
import sys

import gssapi
from gssapi import raw

NTLM = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")
SPNEGO = gssapi.OID.from_int_seq("1.3.6.1.5.5.2")
KERBEROS = gssapi.OID.from_int_seq("1.2.840.113554.1.2.2")
FLAGS = (
    gssapi.RequirementFlag.confidentiality
    | gssapi.RequirementFlag.integrity
    | gssapi.RequirementFlag.out_of_sequence_detection
    | gssapi.RequirementFlag.replay_detection
)


def make_context(request):
    mechanism = NTLM if request["mechanism"] == "NTLM" else SPNEGO
    inner = KERBEROS if request["mechanism"] == "Kerberos" else NTLM
    bindings = None
    if request.get("bindings"):
        bindings = gssapi.raw.ChannelBindings(application_data=base64.b64decode(request["bindings"]))
    if request["role"] == "acceptor":
        creds = gssapi.Credentials(usage="accept", mechs=[mechanism])
        if mechanism == SPNEGO:
            raw.set_neg_mechs(creds, [inner])
        return gssapi.SecurityContext(usage="accept", creds=creds, channel_bindings=bindings)
    name = gssapi.Name(request["user"], gssapi.NameType.user)
    acquired = raw.acquire_cred_with_password(name, request["password"].encode(), mechs=[mechanism], usage="initiate")
    creds = gssapi.Credentials(acquired.creds)
    if mechanism == SPNEGO:
        raw.set_neg_mechs(creds, [NTLM])
    target = gssapi.Name(request["target"], gssapi.NameType.hostbased_service)
    return gssapi.SecurityContext(
        name=target, mech=mechanism, creds=creds, usage="initiate", flags=FLAGS, channel_bindings=bindings
    )


def main():
    context = None
    for line in sys.stdin:
        request = json.loads(line)
        data = base64.b64decode(request.get("data", ""))
        answer = {}
        try:
            if request["do"] == "start":
                context = make_context(request)
            elif request["do"] == "step":
                token = context.step(data or None)
                answer["data"] = base64.b64encode(token or b"").decode()
                try:
                    answer["complete"] = context.complete
                except gssapi.exceptions.GSSError:
                    # The step failed and left a token for the other side.
                    print(json.dumps(answer), flush=True)
                    continue
                if context.complete:
                    # gss-ntlmssp counts the terminator into the name.
                    answer["initiator"] = str(context.initiator_name).rstrip("\0")
            elif request["do"] == "wrap":
                answer["data"] = base64.b64encode(context.wrap(data, True).message).decode()
            elif request["do"] == "unwrap":
                answer["data"] = base64.b64encode(context.unwrap(data).message).decode()
        except Exception as error:  # every failure is an answer
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)


main()
