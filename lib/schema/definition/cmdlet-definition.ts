import type { CimType } from '../../cim/value/cim-type.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import type { CmdletRepetition } from './cmdlet-repetition.js';

/** The name that stands for every parameter set. */
export const ALL_PARAMETER_SETS = '(All)';

/** What every cmdlet has, whatever it does: its names, its parameters, their sets. Binding, help and confirmation need no more. */
export interface CmdletSyntax {
  /** `Add-DhcpServerv4Failover`. */
  readonly name: string;
  readonly verb: string;
  readonly noun: string;
  readonly aliases: readonly string[];
  /** One sentence for help and doc comments. */
  readonly synopsis: string;
  /** Address of PowerShell's own help page. */
  readonly helpUri?: string;
  readonly moduleName: string;
  readonly moduleVersion: string;
  readonly defaultParameterSet: string;
  /** -WhatIf and -Confirm exist. */
  readonly supportsShouldProcess: boolean;
  readonly confirmImpact: 'None' | 'Low' | 'Medium' | 'High';
  /** From the private data `DefaultThrottleLimit`; absent: the engine's rule. */
  readonly defaultThrottleLimit?: number;
  /** The cmdlet's own parameters, in help order; CimSession, ThrottleLimit, AsJob, WhatIf, Confirm and the common ones are the engine's. */
  readonly parameters: readonly CmdletParameter[];
  readonly rules: readonly CmdletRule[];
  /** What may be done with a call of which nobody knows whether it got through. Absent: verb Get or Test is a read, every other one is sent once. */
  readonly repetition?: CmdletRepetition;
  /** Names in lower case that are often written for parameters that the cmdlet does not have, and a sentence that says what is meant. */
  readonly meant?: Readonly<Record<string, string>>;
  /** Classes whose instances are piped in: their other properties in the parameters of a call are ignored. */
  readonly inputClasses?: readonly string[];
  /** Class name or type name of what comes out (`DhcpServerv4Failover`, `String`); absent: nothing. */
  readonly outputType?: string;
  /** The declarations of the classes that its out parameters embed. */
  readonly outputClasses: readonly CimClassDeclaration[];
}

/**
 * A cmdlet as data: what a CDXML file says (cmdlets-over-objects.xsd), resolved against the MOF of its class.
 * The generator writes these; the engine runs them. No cmdlet has code of its own.
 */
export interface CmdletDefinition extends CmdletSyntax {
  readonly namespace: string;
  readonly className: string;
  readonly classVersion: string;
  /** One method of the class for each parameter set. */
  readonly methods: readonly CmdletMethod[];
}

/** The .NET types that a cmdlet parameter can have (those that PowerShell's CIM engine converts to a CIM type). */
export type PowerShellType =
  | 'String'
  | 'Boolean'
  | 'SwitchParameter'
  | 'Byte'
  | 'UInt16'
  | 'UInt32'
  | 'UInt64'
  | 'Int32'
  | 'IPAddress'
  | 'TimeSpan'
  | 'DateTime'
  | 'PSCredential'
  | 'CimInstance'
  | 'SByte'
  | 'Int16'
  | 'Int64'
  | 'Single'
  | 'Double'
  | 'Char'
  | 'Guid'
  | 'Uri'
  | 'Version'
  | 'MailAddress'
  | 'PhysicalAddress';

/** Types of parameters that no method takes: objects of this library, and dictionaries. */
export type ObjectType = 'CimSession' | 'CimClass' | 'CimSessionOptions' | 'Hashtable' | 'Credential';

export interface CmdletParameter {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: PowerShellType | ObjectType;
  readonly isArray: boolean;
  readonly description: string;
  /** Membership in parameter sets, with what differs from one to the next. */
  readonly sets: readonly CmdletParameterSetMembership[];
  readonly valueFromPipelineByPropertyName: boolean;
  /** CDXML `ValueFromPipeline`: takes the piped object itself. */
  readonly valueFromPipeline?: boolean;
  /** Class of a CimInstance parameter (CDXML `ETSType`). */
  readonly className?: string;
  /** A CDXML `Enum`: names compared without case, sent as the number; with `flags` several names may be given, joined by commas. */
  readonly enumeration?: { readonly flags: boolean; readonly values: Readonly<Record<string, number>> };
  /** CDXML `ValidateSet`, compared without case; the value is sent in this spelling. */
  readonly validateSet?: readonly string[];
  /** CDXML `ValidateRange`, for numbers. */
  readonly validateRange?: { readonly min: number; readonly max: number };
  /** CDXML `ValidateLength`, in UTF-16 units, for each string. */
  readonly validateLength?: { readonly min: number; readonly max: number };
  /** CDXML `ValidateCount`, for arrays. */
  readonly validateCount?: { readonly min: number; readonly max: number };
  /** CDXML `ValidateNotNull`. */
  readonly validateNotNull?: boolean;
  /** CDXML `ValidateNotNullOrEmpty`: of a text and of an array; what is converted to a number or a date is neither. */
  readonly validateNotNullOrEmpty?: boolean;
  /** A .NET type that has null beside its values (`System.Nullable`): an explicit null is sent as null. */
  readonly nullable?: boolean;
  /** CDXML `AllowNull`: an explicit null is sent as null. */
  readonly allowNull: boolean;
  readonly allowEmptyString: boolean;
  readonly allowEmptyCollection: boolean;
  /** IPAddress parameters that take IPv4 only. */
  readonly ipv4Only: boolean;
  /** TimeSpan parameters: whole seconds, from `min` on; absent for others. */
  readonly seconds?: { readonly min: number; readonly max: number };
  /** The value is a secret: wrapped at binding, redacted everywhere. */
  readonly secret: boolean;
}

export interface CmdletParameterSetMembership {
  readonly set: string;
  readonly mandatory: boolean;
  /** Order among the positional parameters of the set, as the file counts; absent: named only. */
  readonly position?: number;
  /** Where it differs from the parameter's. */
  readonly valueFromPipelineByPropertyName?: boolean;
}

export interface CmdletMethod {
  readonly parameterSet: string;
  readonly methodName: string;
  /** What is passed in, in MOF order. */
  readonly parameters: readonly CmdletMethodParameter[];
  /** The full declaration: in and out parameters with their CIM types. */
  readonly declaration: CimMethodDeclaration;
  /** What a ReturnValue is: an error code when not zero (CDXML `ErrorCode`), an output, or nothing (absent in the CDXML). */
  readonly returnValue?: 'errorCode' | 'output' | 'ignored';
}

export interface CmdletMethodParameter {
  /** The method's name for it. */
  readonly name: string;
  readonly cimType: CimType;
  readonly isArray: boolean;
  /** The cmdlet parameter whose value it takes. */
  readonly from: string;
  /** The value when the caller gives none (CDXML `DefaultValue`); text for what a number does not hold exactly: the 64-bit integers. */
  readonly defaultValue?: string | number | boolean;
}

/**
 * What must hold beyond one parameter's own validation, from the CDXML's private data. A rule names parameters only,
 * so that the engine needs no cmdlet's name. "Given" means given by the caller and not null (a null given to a parameter
 * with `allowNull` counts): a value that a piped object brought by property name satisfies `atLeastOne`, but starts no
 * confirmation and breaks no exclusion.
 */
export type CmdletRule =
  /**
   * Ask the host before anything is sent: always, or when one of `when` was given (not null). Silenced by `unless` (a switch), which goes
   * to the server with an approved call, but not where it means `more` there than that nothing is to be asked. With `except`, a switch with
   * which nothing is changed, nothing is asked either.
   */
  | {
      readonly kind: 'confirm';
      readonly when: 'always' | readonly string[];
      readonly unless: string;
      readonly except?: string;
      readonly prompt: 'Critical' | 'Normal';
      readonly query: string;
      /** What else `unless` does, and when to give it: sentences about "it". */
      readonly more?: string;
    }
  /** At least one of these must be given. */
  | { readonly kind: 'atLeastOne'; readonly parameters: readonly string[] }
  /** When `parameter` is given, none of `excludes` may be. With `ofInputOnly` the caller may give both; what a piped object brought still gives way. */
  | {
      readonly kind: 'excludes';
      readonly parameter: string;
      readonly excludes: readonly string[];
      readonly ofInputOnly?: boolean;
    }
  /** When `parameter` has `value`, none of `excludes` may be given. */
  | {
      readonly kind: 'excludesWhen';
      readonly parameter: string;
      readonly value: string | boolean;
      readonly excludes: readonly string[];
    };
