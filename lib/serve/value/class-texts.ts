import type { CimClass } from '../../cim/class/cim-class.js';
import type { CimQualifiers } from '../../cim/class/cim-qualifier.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimValueDeclaration } from '../../cim/value/class-declaration.js';
import { embeddedText } from './instance-row.js';
import { wireText } from './wire-text.js';

/**
 * A class as texts: namespace, name, class above, server, qualifiers, properties, methods; the last three as JSON of arrays of texts.
 * A property: name, type, flags (`Key`, `ReadOnly`, joined by blanks), class of a reference, qualifiers, default. A method: name, return type, its parameters,
 * qualifiers. A parameter: name, type, direction, class of a reference, qualifiers.
 */
export function classTexts(cimClass: CimClass): (string | null)[] {
  return [
    cimClass.namespace,
    cimClass.className,
    cimClass.superClassName ?? null,
    cimClass.cimSystemProperties.serverName ?? null,
    qualifierTexts(cimClass.cimClassQualifiers),
    JSON.stringify(
      cimClass.properties.map((property) => [
        property.name,
        typeText(property),
        [property.key === true ? 'Key' : '', property.readOnly === true ? 'ReadOnly' : ''].filter(Boolean).join(' '),
        property.className ?? null,
        qualifierTexts(property.qualifiers),
        wireText(property.defaultValue, (instance) => embeddedText(instance as CimInstance)),
      ]),
    ),
    JSON.stringify(
      cimClass.methods.map((method) => [
        method.name,
        method.returnType,
        JSON.stringify(
          method.parameters.map((parameter) => [
            parameter.name,
            typeText(parameter),
            parameter.direction,
            parameter.className ?? null,
            qualifierTexts(parameter.qualifiers),
          ]),
        ),
        qualifierTexts(method.qualifiers),
      ]),
    ),
  ];
}

/** `[name, type, value, …]` */
function qualifierTexts(qualifiers: CimQualifiers): string {
  return JSON.stringify(
    [...qualifiers].flatMap(({ name, cimType, isArray, value }) => [
      name,
      `${cimType}${isArray ? '[]' : ''}`,
      wireText(value, embeddedText),
    ]),
  );
}

function typeText({ type, interval, isArray }: CimValueDeclaration): string {
  return `${type === 'datetime' && interval === true ? 'interval' : type}${isArray === true ? '[]' : ''}`;
}
