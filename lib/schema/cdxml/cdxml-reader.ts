import { parseXml } from '../../xml/parse.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { SchemaError } from '../definition/schema-error.js';
import type {
  CdxmlCmdlet,
  CdxmlDocument,
  CdxmlEnum,
  CdxmlMethod,
  CdxmlMethodParameter,
  CdxmlParameterMetadata,
  CdxmlRange,
  CdxmlType,
} from './cdxml-document.js';
import { checkUniqueness } from './cdxml-uniqueness.js';
import { validateCdxml } from './cdxml-validator.js';

/**
 * Reads a CDXML file, PowerShell's format for cmdlets over CIM classes, and holds it to the format strictly.
 * @param fileName For messages. Default `(CDXML)`.
 * @throws SchemaError when the XML is malformed or the format is not kept.
 */
export function readCdxml(text: string, fileName = '(CDXML)'): CdxmlDocument {
  const root = parse(text, fileName);
  validateCdxml(root, fileName);
  const document = readDocument(root, fileName);
  checkUniqueness(document, root);
  return document;
}

function parse(text: string, fileName: string): XmlElement {
  try {
    return parseXml(text);
  } catch (cause) {
    throw new SchemaError(fileName, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function readDocument(root: XmlElement, fileName: string): CdxmlDocument {
  const cimClass = root.child('Class');
  const fullName = cimClass?.attribute('ClassName') ?? '';
  const cut = Math.max(fullName.lastIndexOf('/'), fullName.lastIndexOf('\\'));
  const defaultNoun = cimClass?.child('DefaultNoun')?.text ?? '';
  const adapter = cimClass?.attribute('CmdletAdapter');
  const privateData = cimClass?.child('CmdletAdapterPrivateData')?.children ?? [];
  return {
    fileName,
    namespace: cut === -1 ? 'root/cimv2' : fullName.slice(0, cut).replace(/\\/g, '/'),
    className: fullName.slice(cut + 1),
    classVersion: cimClass?.attribute('ClassVersion') ?? '',
    version: cimClass?.child('Version')?.text ?? '',
    defaultNoun,
    ...(adapter !== undefined && { cmdletAdapter: adapter }),
    hasInstanceCmdlets: cimClass?.child('InstanceCmdlets') !== undefined,
    cmdlets: (cimClass?.child('StaticCmdlets')?.children ?? []).map((cmdlet) => readCmdlet(cmdlet, defaultNoun)),
    privateData: new Map(privateData.map((data) => [data.attribute('Name') ?? '', data.text])),
    enums: (root.child('Enums')?.children ?? []).map(readEnum),
  };
}

function readCmdlet(cmdlet: XmlElement, defaultNoun: string): CdxmlCmdlet {
  const metadata = cmdlet.child('CmdletMetadata');
  const impact = metadata?.attribute('ConfirmImpact');
  const helpUri = metadata?.attribute('HelpUri');
  const defaultSet = metadata?.attribute('DefaultCmdletParameterSet');
  return {
    verb: metadata?.attribute('Verb') ?? '',
    noun: metadata?.attribute('Noun') ?? defaultNoun,
    aliases: names(metadata, 'Aliases'),
    confirmImpact: impact === 'Low' || impact === 'Medium' || impact === 'High' ? impact : 'None',
    ...(helpUri !== undefined && { helpUri }),
    ...(defaultSet !== undefined && { defaultParameterSet: defaultSet }),
    methods: cmdlet.childrenNamed('Method').map(readMethod),
  };
}

function readMethod(method: XmlElement): CdxmlMethod {
  const set = method.attribute('CmdletParameterSet');
  const returned = method.child('ReturnValue');
  const output = returned?.child('CmdletOutputMetadata');
  return {
    name: method.attribute('MethodName') ?? '',
    ...(set !== undefined && { parameterSet: set }),
    ...(returned !== undefined && { returnType: readType(returned) }),
    returnValue: output === undefined ? 'ignored' : output.child('ErrorCode') === undefined ? 'output' : 'errorCode',
    parameters: (method.child('Parameters')?.children ?? []).map(readParameter),
  };
}

function readParameter(parameter: XmlElement): CdxmlMethodParameter {
  const metadata = parameter.child('CmdletParameterMetadata');
  const defaultValue = parameter.attribute('DefaultValue');
  return {
    name: parameter.attribute('ParameterName') ?? '',
    ...(defaultValue !== undefined && { defaultValue }),
    type: readType(parameter),
    ...(metadata !== undefined && { parameter: readMetadata(metadata) }),
    isOutput: parameter.child('CmdletOutputMetadata') !== undefined,
  };
}

function readType(owner: XmlElement): CdxmlType {
  const type = owner.child('Type');
  const etsType = type?.attribute('ETSType');
  return { psType: type?.attribute('PSType') ?? '', ...(etsType !== undefined && { etsType }) };
}

function readMetadata(metadata: XmlElement): CdxmlParameterMetadata {
  const psName = metadata.attribute('PSName');
  const position = metadata.attribute('Position');
  const count = range(metadata.child('ValidateCount'));
  const length = range(metadata.child('ValidateLength'));
  const numbers = range(metadata.child('ValidateRange'));
  const set = metadata.child('ValidateSet');
  return {
    ...(psName !== undefined && { psName }),
    isMandatory: flag(metadata, 'IsMandatory'),
    aliases: names(metadata, 'Aliases'),
    ...(position !== undefined && { position: Number(position) }),
    valueFromPipeline: flag(metadata, 'ValueFromPipeline'),
    valueFromPipelineByPropertyName: flag(metadata, 'ValueFromPipelineByPropertyName'),
    allowNull: metadata.child('AllowNull') !== undefined,
    allowEmptyString: metadata.child('AllowEmptyString') !== undefined,
    allowEmptyCollection: metadata.child('AllowEmptyCollection') !== undefined,
    validateNotNull: metadata.child('ValidateNotNull') !== undefined,
    validateNotNullOrEmpty: metadata.child('ValidateNotNullOrEmpty') !== undefined,
    ...(count && { validateCount: count }),
    ...(length && { validateLength: length }),
    ...(numbers && { validateRange: numbers }),
    ...(set && { validateSet: set.children.map((value) => value.text) }),
  };
}

function readEnum(declared: XmlElement): CdxmlEnum {
  return {
    name: declared.attribute('EnumName') ?? '',
    underlyingType: declared.attribute('UnderlyingType') ?? 'System.Int32',
    flags: flag(declared, 'BitwiseFlags'),
    values: Object.fromEntries(
      declared.children.map((value) => [value.attribute('Name') ?? '', Number(value.attribute('Value'))]),
    ),
  };
}

function range(element: XmlElement | undefined): CdxmlRange | undefined {
  return element && { min: Number(element.attribute('Min')), max: Number(element.attribute('Max')) };
}

function names(element: XmlElement | undefined, attribute: string): string[] {
  return (element?.attribute(attribute) ?? '').split(/\s+/).filter((name) => name !== '');
}

function flag(element: XmlElement, attribute: string): boolean {
  const value = element.attribute(attribute)?.trim();
  return value === 'true' || value === '1';
}
