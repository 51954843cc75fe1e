// libxml2's xmllint with the schemas of schemas/wsman as a judge of envelopes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ACTIONS } from '../../lib/wsman/envelope/actions.js';
import { NS } from '../../lib/wsman/envelope/namespaces.js';

const SCHEMAS = join(__dirname, '../../schemas/wsman');

/** `unrelated`: a fault for what could not be read, so that it names no request. */
export type EnvelopeKind = 'request' | 'response' | 'unrelated' | 'identify';

/** What the body of an envelope may hold, in the words of an XML Schema. */
const EMPTY = '';
/** An instance or the parameters of a method. Their schemas are made by a server for each class; there is none to judge them by. */
const SOMETHING = '<xs:any namespace="##other" processContents="lax"/>';
const element = (name: string) => `<xs:element ref="${name}"/>`;
const optional = (name: string) => `<xs:element ref="${name}" minOccurs="0"/>`;
const either = (...parts: string[]) => `<xs:choice>${parts.join('')}</xs:choice>`;

const EVENT = element('i:InteractiveEvent');

/** Bodies by action (DSP0226 7, 8, 10; MS-WSMV 3.1.4.1, 3.2.4.2). What is missing is a method. */
const BODIES: Readonly<Record<string, string>> = {
  [ACTIONS.get]: EMPTY,
  [ACTIONS.put]: SOMETHING,
  [ACTIONS.create]: SOMETHING,
  [ACTIONS.delete]: EMPTY,
  [ACTIONS.enumerate]: element('n:Enumerate'),
  [ACTIONS.pull]: element('n:Pull'),
  [ACTIONS.release]: element('n:Release'),
  [ACTIONS.subscribe]: element('e:Subscribe'),
  [ACTIONS.renew]: element('e:Renew'),
  [ACTIONS.unsubscribe]: element('e:Unsubscribe'),
  [ACTIONS.interactiveResponse]: element('i:InteractiveResponse'),
  [ACTIONS.acknowledge]: element('p:LastSequenceIdReceived'),
  [ACTIONS.acknowledgeRequest]: EMPTY,
  [ACTIONS.keepAlive]: EMPTY,
  [ACTIONS.cancel]: EMPTY,
  [ACTIONS.end]: EMPTY,
  // Each may also be an event, when it is one of the messages of an enhanced operation.
  [`${ACTIONS.get}Response`]: SOMETHING,
  [`${ACTIONS.put}Response`]: '<xs:any namespace="##other" processContents="lax" minOccurs="0"/>',
  [`${ACTIONS.create}Response`]: either(element('x:ResourceCreated'), EVENT),
  [`${ACTIONS.delete}Response`]: optional('i:InteractiveEvent'),
  [`${ACTIONS.enumerate}Response`]: either(element('n:EnumerateResponse'), EVENT),
  [`${ACTIONS.pull}Response`]: either(element('n:PullResponse'), EVENT),
  [`${ACTIONS.release}Response`]: EMPTY,
  [`${ACTIONS.subscribe}Response`]: element('e:SubscribeResponse'),
  [`${ACTIONS.renew}Response`]: element('e:RenewResponse'),
  [`${ACTIONS.unsubscribe}Response`]: EMPTY,
  [`${NS.addressing}/fault`]: element('s:Fault'),
  [`${NS.transfer}/fault`]: element('s:Fault'),
  [`${NS.enumeration}/fault`]: element('s:Fault'),
  [`${NS.eventing}/fault`]: element('s:Fault'),
  'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault': element('s:Fault'),
};

const PREFIXES: Readonly<Record<string, readonly [namespace: string, file: string]>> = {
  n: [NS.enumeration, 'enumeration.xsd'],
  e: [NS.eventing, 'eventing.xsd'],
  x: [NS.transfer, 'transfer.xsd'],
  i: [NS.interactive, 'interactive.xsd'],
  p: [NS.wsmv, 'microsoft-wsman.xsd'],
  d: [NS.identity, 'identity.xsd'],
};

/** An envelope whose body is so; its headers are for request.xsd and response.xsd to judge. */
function schemaOfBody(body: string): string {
  const declared = Object.entries(PREFIXES).map(([prefix, [namespace]]) => ` xmlns:${prefix}="${namespace}"`);
  const imports = Object.values(PREFIXES).map(
    ([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${join(SCHEMAS, file)}"/>`,
  );
  return `<xs:schema xmlns:xs="${NS.xs}" xmlns:s="${NS.soap}"${declared.join('')} targetNamespace="${NS.soap}" elementFormDefault="qualified">
  <xs:include schemaLocation="${join(SCHEMAS, 'soap-envelope.xsd')}"/>
  <xs:import namespace="${NS.xml}" schemaLocation="${join(SCHEMAS, 'xml.xsd')}"/>
  ${imports.join('\n  ')}
  <xs:element name="Envelope">
    <xs:complexType>
      <xs:sequence>
        <xs:element ref="s:Header"/>
        <xs:element name="Body"><xs:complexType><xs:sequence>${body}</xs:sequence></xs:complexType></xs:element>
      </xs:sequence>
      <xs:attribute ref="xml:lang"/>
    </xs:complexType>
  </xs:element>
</xs:schema>`;
}

/** One schema of all those that are in a folder, each found by its target namespace. */
function schemaOfFolder(folder: string): string {
  const imports = readdirSync(folder)
    .filter((file) => file.endsWith('.xsd'))
    .map((file) => {
      const path = resolve(folder, file);
      const namespace = /targetNamespace=["']([^"']+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
      return { namespace, path };
    })
    // Each may import those before it without saying where they are.
    .sort((one, other) => rank(one.namespace) - rank(other.namespace))
    .map(({ namespace, path }) => `<xs:import namespace="${namespace}" schemaLocation="${path}"/>`);
  return `<xs:schema xmlns:xs="${NS.xs}">${imports.join('')}</xs:schema>`;
}

/**
 * An envelope as the published schemas can judge it. Where they contradict the specifications, or Windows: the name of an option has no
 * colon in them; Filter and Items hold nothing of WS-Management's own namespace, which is where DSP0226 8.7 and annex E have Item and
 * SelectorSet. And without WS-CIM's common types they do not know the types of values.
 */
function forPublished(text: string, knowsTypes: boolean): string {
  const judged = text
    .replace(/(?<=<w:Option Name=")[^"]*/g, (name) => name.replaceAll(':', '.'))
    .replace(/(<w:Filter[^>]*><)w(:SelectorSet>.*?<\/)w(:SelectorSet>)/g, '$1a$2a$3')
    .replace(/(<\/?)w(:Item>)/g, '$1a$2');
  return knowsTypes ? judged : judged.replace(/ xsi:type="[^"]*"/g, '');
}

const FIRST: readonly string[] = [NS.xml, NS.soap, NS.addressing];
const rank = (namespace: string) => (FIRST.includes(namespace) ? FIRST.indexOf(namespace) : FIRST.length);

export interface EnvelopeJudge {
  /** What is wrong with an envelope; empty for a valid one. */
  judge(kind: EnvelopeKind, envelope: string): string;
  /** The same for many at once. */
  judgeAll(envelopes: readonly { readonly kind: EnvelopeKind; readonly text: string }[]): string;
  dispose(): void;
}

/**
 * A judge with a folder of its own. With CIMLET_PUBLIC_XSDS, a folder of the schemas that the W3C, xmlsoap.org and the DMTF publish, the
 * envelopes must be valid by those, too.
 */
export function openJudge(): EnvelopeJudge {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-xsd-'));
  const written = new Map<string, string>();
  const schema = (text: string) => {
    const known = written.get(text);
    if (known !== undefined) return known;
    const file = join(folder, `schema-${written.size}.xsd`);
    writeFileSync(file, text);
    written.set(text, file);
    return file;
  };
  const publicFolder = process.env['CIMLET_PUBLIC_XSDS'];
  const published = publicFolder === undefined ? undefined : schemaOfFolder(publicFolder);

  const schemasOf = (kind: EnvelopeKind, text: string): string[] => {
    if (kind === 'identify')
      return [schema(schemaOfBody(either(element('d:Identify'), element('d:IdentifyResponse'))))];
    const action = /<a:Action[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
    const body = schema(schemaOfBody(BODIES[action] ?? SOMETHING));
    return kind === 'unrelated' ? [body] : [join(SCHEMAS, `${kind}.xsd`), body];
  };

  const judgeAll: EnvelopeJudge['judgeAll'] = (envelopes) => {
    const filesBySchema = new Map<string, string[]>();
    const put = (judging: string, name: string, text: string) => {
      const file = join(folder, name);
      writeFileSync(file, text);
      filesBySchema.set(judging, [...(filesBySchema.get(judging) ?? []), file]);
    };
    for (const [index, { kind, text }] of envelopes.entries()) {
      // The types of CIM classes are of schemas that a server makes for each class, as their elements are.
      const bare = text.replace(/ xsi:type="(?:\w+:)?\w+_Type"/g, '');
      for (const judging of schemasOf(kind, bare)) put(judging, `envelope-${index}.xml`, bare);
      if (published === undefined) continue;
      put(schema(published), `published-${index}.xml`, forPublished(bare, published.includes(NS.cimCommon)));
    }
    let wrong = '';
    for (const [judging, files] of filesBySchema) {
      const run = spawnSync('xmllint', ['--noout', '--nonet', '--schema', judging, ...files], { encoding: 'utf8' });
      if (run.error !== undefined) throw run.error;
      if (run.status === 0) continue;
      const first = Number(/-(\d+)\.xml/.exec(run.stderr.replace(/^.* validates\n/gm, ''))?.[1] ?? -1);
      wrong += `${run.stderr.replace(/^.* validates\n/gm, '')}\n${envelopes[first]?.text ?? ''}\n`;
    }
    return wrong;
  };

  return {
    judgeAll,
    judge: (kind, text) => judgeAll([{ kind, text }]),
    dispose: () => rmSync(folder, { recursive: true }),
  };
}
