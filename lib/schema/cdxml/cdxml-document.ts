/** A CDXML file as it is written, before its class is looked at. */
export interface CdxmlDocument {
  readonly fileName: string;
  /** `root/Microsoft/Windows/DHCP`; absent when ClassName has no namespace: `root/cimv2`. */
  readonly namespace: string;
  readonly className: string;
  readonly classVersion: string;
  readonly version: string;
  readonly defaultNoun: string;
  readonly cmdletAdapter?: string;
  readonly hasInstanceCmdlets: boolean;
  readonly cmdlets: readonly CdxmlCmdlet[];
  readonly privateData: ReadonlyMap<string, string>;
  readonly enums: readonly CdxmlEnum[];
}

export interface CdxmlCmdlet {
  readonly verb: string;
  readonly noun: string;
  readonly aliases: readonly string[];
  readonly confirmImpact: 'None' | 'Low' | 'Medium' | 'High';
  readonly helpUri?: string;
  readonly defaultParameterSet?: string;
  readonly methods: readonly CdxmlMethod[];
}

export interface CdxmlMethod {
  readonly name: string;
  readonly parameterSet?: string;
  readonly returnType?: CdxmlType;
  readonly returnValue: 'errorCode' | 'output' | 'ignored';
  readonly parameters: readonly CdxmlMethodParameter[];
}

export interface CdxmlMethodParameter {
  readonly name: string;
  readonly defaultValue?: string;
  readonly type: CdxmlType;
  /** Present when the caller gives its value. */
  readonly parameter?: CdxmlParameterMetadata;
  readonly isOutput: boolean;
}

export interface CdxmlType {
  /** .NET type: `System.String[]`. */
  readonly psType: string;
  readonly etsType?: string;
}

export interface CdxmlParameterMetadata {
  readonly psName?: string;
  readonly isMandatory: boolean;
  readonly aliases: readonly string[];
  readonly position?: number;
  readonly valueFromPipeline: boolean;
  readonly valueFromPipelineByPropertyName: boolean;
  readonly allowNull: boolean;
  readonly allowEmptyString: boolean;
  readonly allowEmptyCollection: boolean;
  readonly validateNotNull: boolean;
  readonly validateNotNullOrEmpty: boolean;
  readonly validateCount?: CdxmlRange;
  readonly validateLength?: CdxmlRange;
  readonly validateRange?: CdxmlRange;
  readonly validateSet?: readonly string[];
}

export interface CdxmlRange {
  readonly min: number;
  readonly max: number;
}

export interface CdxmlEnum {
  readonly name: string;
  readonly underlyingType: string;
  readonly flags: boolean;
  readonly values: Readonly<Record<string, number>>;
}
