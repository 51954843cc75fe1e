/**
 * What a CDXML file may hold, as tables: elements in their order, how often, with which attributes. The facts are those of PowerShell's
 * schema for `http://schemas.microsoft.com/cmdlets-over-objects/2009/11`.
 */
export const CDXML_NAMESPACE = 'http://schemas.microsoft.com/cmdlets-over-objects/2009/11';

export type AttributeForm =
  | 'text'
  | 'boolean'
  | 'integer'
  | 'count'
  | 'verb'
  | 'noun'
  | 'names'
  | 'typeName'
  | 'enumName'
  | 'enumValueName'
  | 'parameterSet'
  | 'parameterName'
  | 'impact'
  | 'anyText';

export interface AttributeRule {
  readonly form: AttributeForm;
  readonly required?: true;
}

/** One place in a sequence: an element, or for `anyOf` one or more of several in any order. */
export interface ChildRule {
  readonly anyOf: Readonly<Record<string, ElementRule>>;
  readonly min: 0 | 1;
  readonly many: boolean;
}

export interface ElementRule {
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  readonly children: readonly ChildRule[];
  /** Form of the text content; absent: white space only. */
  readonly text?: AttributeForm | 'version';
}

const optional = (form: AttributeForm): AttributeRule => ({ form });
const required = (form: AttributeForm): AttributeRule => ({ form, required: true });
const element = (
  attributes: ElementRule['attributes'] = {},
  children: readonly ChildRule[] = [],
  text?: ElementRule['text'],
): ElementRule => ({ attributes, children, ...(text !== undefined && { text }) });
const once = (name: string, rule: ElementRule): ChildRule => ({ anyOf: { [name]: rule }, min: 1, many: false });
const atMostOnce = (name: string, rule: ElementRule): ChildRule => ({ anyOf: { [name]: rule }, min: 0, many: false });
const many = (name: string, rule: ElementRule): ChildRule => ({ anyOf: { [name]: rule }, min: 1, many: true });
const any = (name: string, rule: ElementRule): ChildRule => ({ anyOf: { [name]: rule }, min: 0, many: true });

const type = element({ PSType: required('typeName'), ETSType: optional('text') });
const obsolete = element({ Message: optional('text') });
const limits = (form: AttributeForm): ElementRule => element({ Min: required(form), Max: required(form) });

const parameterAttributes = {
  IsMandatory: optional('boolean'),
  Aliases: optional('names'),
  PSName: optional('parameterName'),
  Position: optional('count'),
};
const parameterMetadata = (more: ElementRule['attributes']): ElementRule =>
  element({ ...parameterAttributes, ...more }, [
    atMostOnce('AllowEmptyCollection', element()),
    atMostOnce('AllowEmptyString', element()),
    atMostOnce('AllowNull', element()),
    atMostOnce('ValidateNotNull', element()),
    atMostOnce('ValidateNotNullOrEmpty', element()),
    atMostOnce('ValidateCount', limits('count')),
    atMostOnce('ValidateLength', limits('count')),
    atMostOnce('ValidateRange', limits('integer')),
    atMostOnce('ValidateSet', element({}, [many('AllowedValue', element({}, [], 'anyText'))])),
    atMostOnce('Obsolete', obsolete),
  ]);

const fromPipeline = { ValueFromPipeline: optional('boolean') };
const byPropertyName = { ValueFromPipelineByPropertyName: optional('boolean') };
const ofSets = { ...fromPipeline, ...byPropertyName, CmdletParameterSets: optional('names') };
const filter = parameterMetadata({ ...ofSets, ErrorOnNoMatch: optional('boolean') });
const output = element({ PSName: optional('parameterName') }, [atMostOnce('ErrorCode', element())]);

const method = (parameter: ElementRule['attributes'], own: ElementRule['attributes']): ElementRule =>
  element({ MethodName: required('text'), ...own }, [
    atMostOnce('ReturnValue', element({}, [once('Type', type), atMostOnce('CmdletOutputMetadata', output)])),
    atMostOnce(
      'Parameters',
      element({}, [
        many(
          'Parameter',
          element({ ParameterName: required('text'), DefaultValue: optional('anyText') }, [
            once('Type', type),
            atMostOnce('CmdletParameterMetadata', parameterMetadata(parameter)),
            atMostOnce('CmdletOutputMetadata', output),
          ]),
        ),
      ]),
    ),
  ]);

const cmdletMetadata = (own: ElementRule['attributes']): ElementRule =>
  element(
    {
      Verb: required('verb'),
      Noun: optional('noun'),
      Aliases: optional('names'),
      ConfirmImpact: optional('impact'),
      HelpUri: optional('anyText'),
      ...own,
    },
    [atMostOnce('Obsolete', obsolete)],
  );

const query = element({}, [atMostOnce('CmdletParameterMetadata', filter)]);
const wildcardQuery = element({ AllowGlobbing: optional('boolean') }, [atMostOnce('CmdletParameterMetadata', filter)]);
const getParameters = element({ DefaultCmdletParameterSet: optional('parameterSet') }, [
  atMostOnce(
    'QueryableProperties',
    element({}, [
      many(
        'Property',
        element({ PropertyName: required('text') }, [
          once('Type', type),
          {
            anyOf: {
              RegularQuery: wildcardQuery,
              ExcludeQuery: wildcardQuery,
              MinValueQuery: query,
              MaxValueQuery: query,
            },
            min: 1,
            many: true,
          },
        ]),
      ),
    ]),
  ),
  atMostOnce(
    'QueryableAssociations',
    element({}, [
      many(
        'Association',
        element({ Association: required('text'), SourceRole: required('text'), ResultRole: required('text') }, [
          once('AssociatedInstance', element({}, [once('Type', type), once('CmdletParameterMetadata', filter)])),
        ]),
      ),
    ]),
  ),
  atMostOnce(
    'QueryOptions',
    element({}, [
      many(
        'Option',
        element({ OptionName: required('text') }, [
          once('Type', type),
          atMostOnce('CmdletParameterMetadata', parameterMetadata(ofSets)),
        ]),
      ),
    ]),
  ),
]);

const instanceCmdlets = element({}, [
  once('GetCmdletParameters', getParameters),
  atMostOnce(
    'GetCmdlet',
    element({}, [once('CmdletMetadata', cmdletMetadata({})), atMostOnce('GetCmdletParameters', getParameters)]),
  ),
  any(
    'Cmdlet',
    element({}, [
      once('CmdletMetadata', cmdletMetadata({})),
      once('Method', method(byPropertyName, {})),
      atMostOnce('GetCmdletParameters', getParameters),
    ]),
  ),
]);

const staticCmdlets = element({}, [
  many(
    'Cmdlet',
    element({}, [
      once('CmdletMetadata', cmdletMetadata({ DefaultCmdletParameterSet: optional('parameterSet') })),
      many('Method', method({ ...fromPipeline, ...byPropertyName }, { CmdletParameterSet: optional('parameterSet') })),
    ]),
  ),
]);

/** The rule of the root element, PowerShellMetadata. */
export const CDXML_ROOT: ElementRule = element({}, [
  once(
    'Class',
    element({ CmdletAdapter: optional('typeName'), ClassName: required('text'), ClassVersion: optional('text') }, [
      once('Version', element({}, [], 'version')),
      once('DefaultNoun', element({}, [], 'noun')),
      atMostOnce('InstanceCmdlets', instanceCmdlets),
      atMostOnce('StaticCmdlets', staticCmdlets),
      atMostOnce(
        'CmdletAdapterPrivateData',
        element({}, [many('Data', element({ Name: required('text') }, [], 'anyText'))]),
      ),
    ]),
  ),
  atMostOnce(
    'Enums',
    element({}, [
      many(
        'Enum',
        element(
          { EnumName: required('enumName'), UnderlyingType: optional('typeName'), BitwiseFlags: optional('boolean') },
          [many('Value', element({ Name: required('enumValueName'), Value: required('integer') }))],
        ),
      ),
    ]),
  ),
]);
