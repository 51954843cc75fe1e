import { CimInstance } from '../instance/cim-instance.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';

const cimErrorProperties: readonly CimPropertyDeclaration[] = [
  { name: 'ErrorType', type: 'uint16' },
  { name: 'OtherErrorType', type: 'string' },
  { name: 'OwningEntity', type: 'string' },
  { name: 'MessageID', type: 'string' },
  { name: 'Message', type: 'string' },
  { name: 'MessageArguments', type: 'string', isArray: true },
  { name: 'PerceivedSeverity', type: 'uint16' },
  { name: 'ProbableCause', type: 'uint16' },
  { name: 'ProbableCauseDescription', type: 'string' },
  { name: 'RecommendedActions', type: 'string', isArray: true },
  { name: 'ErrorSource', type: 'string' },
  { name: 'ErrorSourceFormat', type: 'uint16' },
  { name: 'OtherErrorSourceFormat', type: 'string' },
  { name: 'CIMStatusCode', type: 'uint32' },
  { name: 'CIMStatusCodeDescription', type: 'string' },
];

/** CIM_Error of the CIM schema, version 2.x. */
const cimErrorClass: CimClassDeclaration = {
  namespace: 'root/cimv2',
  className: 'CIM_Error',
  properties: cimErrorProperties,
  methods: [],
};

/** What Windows' WMI puts into a fault: CIM_Error, and where the error comes from in Windows' own terms. */
const wmiErrorClass: CimClassDeclaration = {
  namespace: 'root/cimv2',
  className: 'MSFT_WmiError',
  superClassName: 'CIM_Error',
  properties: [
    ...cimErrorProperties,
    { name: 'error_Category', type: 'uint32' },
    { name: 'error_Code', type: 'uint32' },
    { name: 'error_Type', type: 'string' },
    { name: 'error_WindowsErrorMessage', type: 'string' },
  ],
  methods: [],
};

/** What OMI puts into a fault. */
const omiErrorClass: CimClassDeclaration = {
  namespace: 'root/cimv2',
  className: 'OMI_Error',
  superClassName: 'CIM_Error',
  properties: [
    ...cimErrorProperties,
    { name: 'OMI_Category', type: 'uint32' },
    { name: 'OMI_Code', type: 'uint32' },
    { name: 'OMI_Type', type: 'string' },
    { name: 'OMI_ErrorMessage', type: 'string' },
  ],
  methods: [],
};

export const errorClasses: readonly CimClassDeclaration[] = [wmiErrorClass, omiErrorClass, cimErrorClass];

/** An error instance out of its JSON; what is no text, number or flag there is left out. */
export function errorInstanceOf(json: Readonly<Record<string, unknown>>): CimInstance {
  const declaration = 'error_Code' in json ? wmiErrorClass : 'OMI_Code' in json ? omiErrorClass : cimErrorClass;
  const values: Record<string, string | number | boolean | null> = Object.create(null);
  for (const [name, value] of Object.entries(json)) {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      values[name] = value;
    }
  }
  const { PSComputerName: computerName } = values;
  return CimInstance.create(declaration, values, typeof computerName === 'string' ? { computerName } : undefined);
}
