/** One `--connect-to`: what is addressed to `host:port` goes to `toHost:toPort`. An empty host and a port of undefined match any. */
export interface ConnectToRule {
  readonly host: string;
  readonly port: number | undefined;
  readonly toHost: string;
  readonly toPort: number | undefined;
}

const REMEDY = 'Write for example dhcpserver.contoso.com:5985:127.0.0.1:15985; an IPv6 address stands in brackets.';

/** `HOST:PORT:ADDRESS:PORT`, as curl has it: every part may be empty, an IPv6 address stands in brackets. A text says what to write instead. */
export function parseConnectToRule(text: string): ConnectToRule | string {
  const parts = /^(\[[0-9A-Za-z:.%_-]*\]|[^:[\]]*):(\d*):(\[[0-9A-Za-z:.%_-]*\]|[^:[\]]*):(\d*)$/.exec(text);
  if (!parts) return REMEDY;
  const [, host = '', port = '', toHost = '', toPort = ''] = parts;
  if (![port, toPort].every(isPort)) return 'Give ports from 1 to 65535.';
  return {
    host: withoutBrackets(host).toLowerCase(),
    port: port === '' ? undefined : Number(port),
    toHost: withoutBrackets(toHost),
    toPort: toPort === '' ? undefined : Number(toPort),
  };
}

/** Where the first fitting rule sends a connection to `host:port`; undefined when none fits. */
export function connectionTarget(
  rules: readonly ConnectToRule[],
  host: string,
  port: number,
): { readonly host: string; readonly port: number } | undefined {
  const name = withoutBrackets(host).toLowerCase();
  const rule = rules.find((one) => (one.host === '' || one.host === name) && (one.port ?? port) === port);
  return rule && { host: rule.toHost === '' ? name : rule.toHost, port: rule.toPort ?? port };
}

const isPort = (text: string): boolean =>
  text === '' || (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535);
const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');
