"""pywinrm as a client of WS-Management: one JSON request on standard input, one JSON answer on standard output.

The envelopes are written here, after the printed examples of MS-WSMV 4.11, so that neither end of the exchange shares code with the other.
"""

import json
import socket
import sys
import uuid
import warnings
from xml.sax.saxutils import escape

warnings.simplefilter("ignore")

import winrm.transport  # noqa: E402
from sealing_kerberos_auth import SealingKerberosAuth  # noqa: E402
from winrm.exceptions import InvalidCredentialsError, WinRMError, WinRMTransportError  # noqa: E402
from winrm.protocol import Protocol  # noqa: E402

FAILOVER = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Failover"
ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"><s:Header>
<a:To>{to}</a:To><w:ResourceURI s:mustUnderstand="true">{uri}</w:ResourceURI>
<a:ReplyTo><a:Address s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
<a:Action s:mustUnderstand="true">{uri}/{method}</a:Action><w:MaxEnvelopeSize s:mustUnderstand="true">512000</w:MaxEnvelopeSize>
<a:MessageID>uuid:{id}</a:MessageID><w:Locale xml:lang="en-US" s:mustUnderstand="false"/>
<p:DataLocale xml:lang="en-US" s:mustUnderstand="false"/><w:OperationTimeout>PT60.000S</w:OperationTimeout>
<w:SelectorSet><w:Selector Name="__cimnamespace">root/Microsoft/Windows/DHCP</w:Selector></w:SelectorSet>
</s:Header><s:Body><m:{method}_INPUT xmlns:m="{uri}">{parameters}</m:{method}_INPUT></s:Body></s:Envelope>"""
IDENTIFY = """<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>"""


def resolve_to(addresses):
    """The test's names exist in no DNS."""
    system = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **named: system(addresses.get(host, host), *rest, **named)


def literal(value):
    return str(value).lower() if isinstance(value, bool) else escape(str(value))


def envelope(to, call):
    if call["method"] == "Identify":
        return IDENTIFY
    parameters = "".join(
        f"<m:{name}>{literal(item)}</m:{name}>"
        for name, value in call.get("parameters", {}).items()
        for item in (value if isinstance(value, list) else [value])
    )
    return ENVELOPE.format(to=escape(to), uri=FAILOVER, method=call["method"], id=uuid.uuid4(), parameters=parameters)


def text(reply):
    return reply.decode("utf-8") if isinstance(reply, bytes) else reply


def main():
    request = json.load(sys.stdin)
    resolve_to(request["addresses"])
    settings = request["protocol"]
    if settings["transport"] == "kerberos" and settings.get("message_encryption") == "always":
        winrm.transport.HTTPKerberosAuth = SealingKerberosAuth
    calls, wire = [], []
    answer = {"calls": calls, "wire": wire}
    try:
        protocol = Protocol(**settings)
        protocol.transport.build_session()
        protocol.transport.session.hooks["response"].append(
            lambda response, *_, **__: wire.append(
                {
                    "status": response.status_code,
                    "sent": response.request.headers.get("Content-Type", ""),
                    "received": response.headers.get("Content-Type", ""),
                    "scheme": response.request.headers.get("Authorization", "").split(" ")[0],
                }
            )
        )
        for call in request["calls"]:
            try:
                calls.append({"reply": text(protocol.send_message(envelope(settings["endpoint"], call)))})
            except InvalidCredentialsError:
                raise
            except WinRMTransportError as error:
                calls.append({"status": error.code, "fault": text(error.response_text)})
            except WinRMError as error:
                calls.append({"fault": str(error)})
    except InvalidCredentialsError as error:
        answer["refused"] = str(error)
    except Exception as error:  # every failure is an answer
        answer["error"] = f"{type(error).__name__}: {error}"
    print(json.dumps(answer))


main()
