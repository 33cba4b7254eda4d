import { Token } from 'aws-cdk-lib';
import {
  AmiSelectorTerm, CapacityReservationSelectorTerm, PlacementGroupSelector, SecurityGroupSelectorTerm, SubnetSelectorTerm,
} from './selector-terms';

const ALIAS_FAMILIES = ['al2', 'al2023', 'bottlerocket', 'windows2019', 'windows2022', 'windows2025'];

/**
 * The checks of the API's own rules for selector terms, on each term: some of the API's refuse a list only when all of
 * its terms are wrong.
 */
export function checkAmiTerms(terms: AmiSelectorTerm[]) {
  const prop = 'amiSelectorTerms';
  checkCount(prop, terms);
  for (const term of terms) {
    checkHasOneOf(prop, term, ['alias', 'id', 'name', 'ssmParameter', 'tags']);
    checkStandsAlone(prop, term, 'alias');
    checkStandsAlone(prop, term, 'id');
    checkId(prop, term.id, 'ami-');
    checkTermTags(prop, term.tags);
    if (term.alias !== undefined) {
      checkAlias(term.alias);
      if (terms.length > 1) {
        throw new Error(`"${prop}" has the alias "${term.alias}" and ${terms.length - 1} more terms: leave them out, an alias has to be the only term`);
      }
    }
  }
}

/** @see checkAmiTerms */
export function checkSubnetTerms(terms: SubnetSelectorTerm[], prop = 'subnetSelectorTerms') {
  checkCount(prop, terms);
  for (const term of terms) {
    checkHasOneOf(prop, term, ['id', 'tags']);
    checkStandsAlone(prop, term, 'id');
    checkId(prop, term.id, 'subnet-');
    checkTermTags(prop, term.tags);
  }
}

/** @see checkAmiTerms */
export function checkSecurityGroupTerms(terms: SecurityGroupSelectorTerm[], prop = 'securityGroupSelectorTerms') {
  checkCount(prop, terms);
  for (const term of terms) {
    checkHasOneOf(prop, term, ['id', 'name', 'tags']);
    checkStandsAlone(prop, term, 'id');
    checkStandsAlone(prop, term, 'name');
    checkId(prop, term.id, 'sg-');
    checkTermTags(prop, term.tags);
  }
}

/** @see checkAmiTerms */
export function checkCapacityReservationTerms(terms: CapacityReservationSelectorTerm[] = []) {
  const prop = 'capacityReservationSelectorTerms';
  if (terms.length > 30) {
    throw new Error(`"${prop}" has ${terms.length} terms: give at most 30`);
  }
  for (const term of terms) {
    checkHasOneOf(prop, term, ['id', 'tags', 'instanceMatchCriteria']);
    checkStandsAlone(prop, term, 'id');
    checkId(prop, term.id, 'cr-');
    checkTermTags(prop, term.tags);
    if (term.ownerId !== undefined && !Token.isUnresolved(term.ownerId) && !/^\d{12}$/.test(term.ownerId)) {
      throw new Error(`"${prop}" has the owner "${term.ownerId}": give the twelve digits of an account`);
    }
  }
}

/** What is wrong with the placement group by itself. */
export function checkPlacementGroup(group: PlacementGroupSelector = { name: 'none' }) {
  const prop = 'placementGroupSelector';
  checkHasOneOf(prop, group, ['name', 'id']);
  checkStandsAlone(prop, group, 'id');
  checkId(prop, group.id, 'pg-');
}

function checkAlias(alias: string) {
  if (Token.isUnresolved(alias)) {
    return;
  }
  const match = /^([a-z0-9]+)@([^@]+)$/.exec(alias);
  if (!match || alias.length > 30 || !ALIAS_FAMILIES.includes(match[1])) {
    throw new Error(`"amiSelectorTerms.alias" is "${alias}": give FAMILY@VERSION of at most 30 characters, the family one of ${ALIAS_FAMILIES.join(', ')}`);
  }
  if (match[1].startsWith('windows') && match[2] !== 'latest') {
    throw new Error(`"amiSelectorTerms.alias" is "${alias}": images of Windows cannot be pinned by an alias, give "${match[1]}@latest"`);
  }
}

function checkCount(prop: string, terms: unknown[]) {
  if (terms.length === 0 || terms.length > 30) {
    throw new Error(`"${prop}" has ${terms.length} terms: give from 1 to 30`);
  }
}

function checkHasOneOf(prop: string, term: Record<string, any>, fields: string[]) {
  const empty = Object.keys(term).find(field => term[field] === '');
  if (empty !== undefined) {
    throw new Error(`"${prop}" has a term whose "${empty}" is empty, which would match anything: give it a value, or leave it out`);
  }
  if (!fields.some(field => term[field] !== undefined)) {
    throw new Error(`"${prop}" has a term that matches anything: give it one of ${fields.map(field => `"${field}"`).join(', ')}`);
  }
}

function checkStandsAlone(prop: string, term: Record<string, any>, field: string) {
  const others = Object.keys(term).filter(other => other !== field && term[other] !== undefined);
  if (term[field] !== undefined && others.length > 0) {
    throw new Error(`"${prop}" has a term with "${field}" and "${others.join('", "')}": give "${field}" alone, and make terms of their own of the rest`);
  }
}

function checkId(prop: string, id: string | undefined, prefix: string) {
  if (id !== undefined && !Token.isUnresolved(id) && !new RegExp(`^${prefix}[0-9a-z]+$`).test(id)) {
    throw new Error(`"${prop}" has the id "${id}": give one that begins with "${prefix}"`);
  }
}

function checkTermTags(prop: string, tags: Record<string, string> | undefined) {
  const entries = Object.entries(tags ?? {});
  if ((tags && entries.length === 0) || entries.length > 20) {
    throw new Error(`"${prop}" has a term with ${entries.length} tags: give from 1 to 20`);
  }
  for (const [key, value] of entries) {
    if (key === '' || value === '') {
      throw new Error(`"${prop}" has a term with the tag "${key}=${value}": give key and value, "*" for any value`);
    }
  }
}
