import { Token } from 'aws-cdk-lib';

const NAMED = /^@(annually|yearly|monthly|weekly|daily|midnight|hourly)$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The five fields, as Karpenter's parser takes them: Sunday is 0 and never 7. */
const FIELDS = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 6, names: DAYS },
];

/** A check of a schedule in the standard format of cron, in UTC: five fields, or `@daily` and the like. */
export function checkCron(prop: string, schedule: string): string {
  if (Token.isUnresolved(schedule) || NAMED.test(schedule)) {
    return schedule;
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    throw new Error(`"${prop}" is "${schedule}": give five fields of cron, or "@daily" and the like`);
  }
  FIELDS.forEach((field, i) => {
    if (!fields[i].split(',').every(part => isPart(part.toLowerCase(), field))) {
      const names = field.names.length > 0 ? ` or ${field.names[0]} to ${field.names[field.names.length - 1]}` : '';
      throw new Error(`"${prop}" is "${schedule}", whose ${field.name} is "${fields[i]}": give "*", or numbers from ${field.min} to ${field.max}${names}, as "1", "1-3", "1,3" or "*/2"`);
    }
  });
  return schedule;
}

function isPart(part: string, { min, max, names }: { min: number; max: number; names: string[] }): boolean {
  const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
  if (!match) {
    return false;
  }
  const [, any, from, to, step] = match;
  if (step !== undefined && Number(step) === 0) {
    return false;
  }
  const number = (text: string) => names.includes(text) ? names.indexOf(text) + min : /^\d+$/.test(text) ? Number(text) : NaN;
  return any !== undefined || (number(from) >= min && number(to ?? from) <= max && number(from) <= number(to ?? from));
}
