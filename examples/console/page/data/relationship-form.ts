import { mcltProblem, percentProblem, secretProblem, switchProblem } from '../../fields.js';
import { numberOf } from './format.js';

/** What stands in the fields, as text: also what is not a number yet. */
export interface RelationshipForm {
  readonly mode: 'LoadBalance' | 'HotStandby';
  readonly share: string;
  readonly reserve: string;
  readonly role: 'Active' | 'Standby';
  readonly mcltHours: string;
  readonly mcltMinutes: string;
  readonly mcltSeconds: string;
  readonly isSwitching: boolean;
  readonly switchMinutes: string;
  readonly secret: 'off' | 'typed' | 'generate' | 'keep';
  readonly secretText: string;
}

export interface RelationshipProblems {
  readonly percent: string | null;
  readonly mclt: string | null;
  readonly switching: string | null;
  readonly secret: string | null;
}

export const mcltOf = ({ mcltHours, mcltMinutes, mcltSeconds }: RelationshipForm): number =>
  numberOf(mcltHours) * 3600 + numberOf(mcltMinutes) * 60 + numberOf(mcltSeconds);

export function relationshipProblems(form: RelationshipForm): RelationshipProblems {
  const { mode, share, reserve, isSwitching, switchMinutes, secret, secretText } = form;
  return {
    percent: percentProblem(numberOf(mode === 'LoadBalance' ? share : reserve)),
    mclt: mcltProblem(mcltOf(form)),
    switching: isSwitching ? switchProblem(numberOf(switchMinutes) * 60) : null,
    secret: secret === 'typed' ? secretProblem(secretText) : null,
  };
}

export const isInOrder = (problems: RelationshipProblems): boolean =>
  Object.values(problems).every((problem) => problem === null);

/** What a field of it is given. */
export interface OneField {
  readonly form: RelationshipForm;
  readonly set: (values: Partial<RelationshipForm>) => void;
  readonly problem: string | null;
}
