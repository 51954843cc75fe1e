import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as cimlet from '../../lib/index.js';

const page = readFileSync(join(__dirname, '../../docs/cim.md'), 'utf8');
const section = page.slice(page.indexOf('## From Microsoft.Management.Infrastructure'));

/** The public members in MMI's sources (github.com/PowerShell/MMI), without their Async twins. */
const MEMBERS = {
  CimSession:
    'ComputerName InstanceId Create Close Dispose GetInstance ModifyInstance CreateInstance DeleteInstance Subscribe EnumerateInstances QueryInstances EnumerateAssociatedInstances EnumerateReferencingInstances InvokeMethod GetClass EnumerateClasses TestConnection',
  CimOperationOptions:
    'Timeout ResourceUriPrefix ResourceUri UseMachineId SetOption SetPromptUserRegularMode WriteErrorMode PromptUserMode WriteMessage WriteProgress WriteError PromptUser EnableChannel DisableChannel SetCustomOption CancellationToken KeysOnly ClassNamesOnly Flags ReportOperationStarted EnableMethodResultStreaming ShortenLifetimeOfResults Dispose IsDisposed',
  CimOperationFlags:
    'NoTypeInformation BasicTypeInformation StandardTypeInformation FullTypeInformation LocalizedQualifiers ExpensiveProperties PolymorphismShallow PolymorphismDeepBasePropsOnly ReportOperationStarted',
  CimSessionOptions: 'SetCustomOption AddDestinationCredentials Timeout Culture UICulture',
  WSManSessionOptions:
    'DestinationPort MaxEnvelopeSize CertCACheck CertCNCheck CertRevocationCheck UseSsl ProxyType PacketEncoding NoEncryption EncodePortInServicePrincipalName HttpUrlPrefix AddProxyCredentials',
  CimClass: 'CimSuperClassName CimSuperClass CimClassProperties CimClassQualifiers CimClassMethods CimSystemProperties',
  CimProperty: 'Name Value CimType Flags IsValueModified Create ToString',
  CimException: 'NativeErrorCode MessageId ErrorSource ErrorType StatusCode ErrorData',
};

describe('the table of MMI’s members', () => {
  it.each(Object.entries(MEMBERS))('has all of %s', (_, names) => {
    const firstCells = [...section.matchAll(/^\| ([^|]*)\|/gm)].map(([, cell]) => cell).join(' ');
    expect(names.split(' ').filter((name) => !firstCells.includes(`\`${name}\``))).toEqual([]);
  });

  it('names operations that a session has', () => {
    const rows = section.slice(0, section.indexOf('| `CimOperationOptions`')).split('\n').slice(2);
    const named = rows.flatMap((row) =>
      [...(row.split('|')[2] ?? '').matchAll(/`([a-z]\w+)`/g)].map(([, name]) => name ?? ''),
    );
    const known = (name: string) => name in cimlet.CimSession.prototype || name in cimlet;
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !known(name) && !/^(?:computerName|instanceId)$/.test(name))).toEqual([]);
  });
});
