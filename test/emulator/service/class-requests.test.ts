import { describe, expect, it } from '@jest/globals';
import { parseStringPromise } from 'xml2js';
import { dhcpServerv4FailoverClass } from '../../../lib/dhcp-server/generated/classes/dhcpserverv4failover.js';
import { allTypesClass } from '../../../lib/emulator/test-namespace/all-types.js';
import { operationsClass } from '../../../lib/emulator/test-namespace/operations.js';
import { ACTIONS, CLASS_METADATA } from '../../../lib/wsman/envelope/actions.js';
import { envelope, send } from '../call.js';
import { collect, DHCP, SERVER, ServiceLab, TEST } from './session.js';

describe('class metadata', () => {
  it.each([
    [TEST, allTypesClass],
    [TEST, operationsClass],
    [DHCP, dhcpServerv4FailoverClass],
  ])('of %s:%s says what the class declares', async (namespace, declared) => {
    const session = await new ServiceLab().session();
    const found = await session.getClass({ namespace, className: declared.className.toUpperCase() });
    expect(found.toDeclaration()).toEqual(declared);
  });

  it('has what is inherited, marked as such, and the classes above', async () => {
    const session = await new ServiceLab().session();
    const special = await session.getClass({ namespace: TEST, className: 'Cimlet_SpecialItem' });
    expect([special.derivation, special.keys]).toEqual([['Cimlet_Item', 'Cimlet_Thing'], ['Name']]);
    expect(special.cimClassProperties.get('Size')).toMatchObject({ propagated: true, defaultValue: 0n });
    expect(special.cimClassProperties.get('Speciality')?.propagated).toBe(false);
    const own = await session.getClass({ namespace: TEST, className: 'Cimlet_SpecialItem', includeInherited: false });
    expect(own.properties.map(({ name }) => name)).toEqual(['Speciality']);
    expect((await session.getClass({ namespace: TEST, className: 'Cimlet_GroupMember' })).isAssociation).toBe(true);
    expect((await session.getClass({ namespace: TEST, className: 'Cimlet_Thing' })).isAbstract).toBe(true);
    expect((await session.getClass({ namespace: TEST, className: '__InstanceCreationEvent' })).isIndication).toBe(true);
    await expect(session.getClass({ namespace: TEST, className: 'Cimlet_None' })).rejects.toThrow(
      expect.objectContaining({ nativeErrorCode: 'InvalidClass' }),
    );
  });

  it('enumerates the classes below one: the next level, or all', async () => {
    const session = await new ServiceLab().session();
    const names = async (request: { className?: string; deep?: boolean }) =>
      (await collect(session.enumerateClasses({ namespace: TEST, ...request }))).map(({ className }) => className);
    expect(await names({ className: 'Cimlet_Thing', deep: false })).toEqual(['Cimlet_Item', 'Cimlet_Group']);
    expect(await names({ className: 'Cimlet_Thing' })).toEqual(['Cimlet_Item', 'Cimlet_SpecialItem', 'Cimlet_Group']);
    expect(await names({ deep: false })).not.toContain('Cimlet_Item');
    expect(await names({})).toEqual(expect.arrayContaining(['__Event', 'Cimlet_SpecialItem', 'Cimlet_AllTypes']));
  });

  // DSP0201 5.2.5: names and attributes of CIM-XML, read by another reader.
  it('is CIM-XML to another reader', async () => {
    const request = envelope({
      action: ACTIONS.get,
      resourceUri: CLASS_METADATA,
      selectors: { __cimnamespace: TEST, ClassName: 'Cimlet_GroupMember' },
      headers: `<w:OptionSet><w:Option Name="IncludeQualifiers">true</w:Option><w:Option Name="IncludeInheritedElements">true</w:Option></w:OptionSet>`,
    });
    const { text } = await send(new ServiceLab().lab.transport(SERVER), request);
    const [{ CLASS: classes }] = (await parseStringPromise(text))['s:Envelope']['s:Body'];
    expect(classes[0].$.NAME).toBe('Cimlet_GroupMember');
    const [group] = classes[0]['PROPERTY.REFERENCE'];
    expect(group.$).toMatchObject({ NAME: 'Group', REFERENCECLASS: 'Cimlet_Group' });
    expect(group.QUALIFIER.map((qualifier: { $: { NAME: string } }) => qualifier.$.NAME)).toContain('key');
    expect(classes[0].QUALIFIER[0]).toMatchObject({ $: { NAME: 'Association', TYPE: 'boolean' }, VALUE: ['TRUE'] });
  });
});
