"""Kerberos for pywinrm with sealing.

Debian's python3-kerberos has not the two functions that requests-kerberos seals WinRM's messages with; python3-gssapi wraps the same
calls of MIT's library (gss_wrap_iov, gss_unwrap_iov), so that they can be given to pywinrm under the names that it looks for.
"""

import base64
from urllib.parse import urlparse

import gssapi
import requests.auth
from gssapi.raw import IOV, IOVBufferType, unwrap_iov, wrap_iov

SPNEGO = gssapi.OID.from_int_seq("1.3.6.1.5.5.2")
FLAGS = (
    gssapi.RequirementFlag.mutual_authentication
    | gssapi.RequirementFlag.confidentiality
    | gssapi.RequirementFlag.integrity
    | gssapi.RequirementFlag.out_of_sequence_detection
)


class SealingKerberosAuth(requests.auth.AuthBase):
    winrm_encryption_available = True

    def __init__(
        self,
        mutual_authentication,
        delegate,
        force_preemptive,
        principal,
        hostname_override,
        sanitize_mutual_error_response,
        service,
        send_cbt,
    ):
        self._flags = FLAGS | gssapi.RequirementFlag.delegate_to_peer if delegate else FLAGS
        self._service = service
        self._host = hostname_override
        self._context = None

    def __call__(self, request):
        if self._context is None:
            host = self._host or urlparse(request.url).hostname
            name = gssapi.Name(f"{self._service}@{host}", gssapi.NameType.hostbased_service)
            self._context = gssapi.SecurityContext(name=name, mech=SPNEGO, flags=self._flags, usage="initiate")
            token = base64.b64encode(self._context.step()).decode()
            request.headers["Authorization"] = f"Negotiate {token}"
            request.register_hook("response", self._finish)
        return request

    def _finish(self, response, **_):
        answer = response.headers.get("WWW-Authenticate", "")
        if not self._context.complete and answer.startswith("Negotiate "):
            self._context.step(base64.b64decode(answer[len("Negotiate ") :]))
        if response.ok and not self._context.complete:
            raise RuntimeError("The server did not authenticate itself")
        return response

    def wrap_winrm(self, _host, message):
        iov = IOV(IOVBufferType.header, message, IOVBufferType.padding, std_layout=False)
        wrap_iov(self._context, iov, confidential=True)
        return iov[1].value + (iov[2].value or b""), iov[0].value

    def unwrap_winrm(self, _host, message, header):
        iov = IOV((IOVBufferType.header, False, header), message, std_layout=False)
        unwrap_iov(self._context, iov)
        return iov[1].value
