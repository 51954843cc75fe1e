/**
 * Made by MIT Kerberos 1.20 (gss_init_sec_context and gss_accept_sec_context with SPNEGO) for a throw-away realm CONTOSO.COM,
 * whose keys were deleted: dhcpadmin to HTTP/dhcpserver.contoso.com, with mutual authentication.
 */
export const MIT_INIT =
  'YIIC/wYGKwYBBQUCoIIC8zCCAu+gDTALBgkqhkiG9xIBAgKiggLcBIIC2GCCAtQGCSqGSIb3EgECAgEAboICwzCCAr+gAwIBBaED' +
  'AgEOogcDBQAgAAAAo4IB02GCAc8wggHLoAMCAQWhDRsLQ09OVE9TTy5DT02iKTAnoAMCAQGhIDAeGwRIVFRQGxZkaGNwc2VydmVy' +
  'LmNvbnRvc28uY29to4IBiDCCAYSgAwIBEqEDAgECooIBdgSCAXJZgUw3+wI2rCKEQPfZXg+ERjqDBgNesjp/pQYqMAWg4oS5sFW4' +
  'IoolnorcI+PuGnI4xLRuH6dyMEpDkEbzrVoq55Ntthh0VDbwM+0tTrgEfZrUHC/pcMJ47KPFTXEY3af2F5aXcI1DQT22R6nPDFKp' +
  'JXQVZSGIPsq/zbUUq3Ap58ZRt+fiNgCRmkbFONFHxopEOaLgm7z1psje+cFpBp/GvXNVnNWHoahO6bae9vdXj/YHYnp2hXxEtB8I' +
  'X7DCC6ff9XPSZCqGMu4mNzPC+a22opCmVyHLxuOHDRdjdaOXUuFQJlo7u7p52UFc9J5L6n2hBgZM/yKT9kzahEv5GIp/HBi9k2vD' +
  'cCPvv9QzDAK2AyaDW/l8/LaOvb2mE726EqAmxJFSUSRuKbNy8tGGcixGBBTQHcVITgRE1wi0kXCmLTXrnyprOKHy2rDEi8EUspOq' +
  'AsUqVrFIRsdmpf7GI4nGfAt3WjY77pD1tGCns++61IkXpIHSMIHPoAMCARKigccEgcTg8B7c/QFGcwYzT4hYYV5kmVZzZH+QhvQu' +
  'H3wR/3HbC30q9B1QgPfnQoADjBGgoyd72K5EfeTrq17LlNGio2AckPM/KQmseLD+uJiKqiGP26V27vNNGDL2pZzK/J9U9MKlElUu' +
  'EnEDOcGIoyXC6dDoWr5mHpSV3zQMAb/jQpwx1tUDfV3cDXF0a04qvvPFuCh0I3ejDwZXn4DcCQQZysCKvEnR389eh/6L/itC75S0' +
  'nYMLecL0WK2JXWie5xlLxYPrTzuC';

export const MIT_REPLY =
  'oYG3MIG0oAMKAQChCwYJKoZIhvcSAQICooGfBIGcYIGZBgkqhkiG9xIBAgICAG+BiTCBhqADAgEFoQMCAQ+iejB4oAMCARKicQRv' +
  'areiYuZyyZitxNTAGL6nglWMUWs44lfE5B3q4BXRIeuvQ2057K7E+B8ww5kSJE1b2tKzUBM7MoHqGoA4IhZmsPBGbCzahwfL6Mmb' +
  'qKPLWVltSy/7x9bKvBa6QQh2LS01i/oJk/uBjp5aPcKr8dp6';
