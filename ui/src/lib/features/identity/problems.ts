// Words for what the core says of a form and of a card.
import type { CardWarning, FieldProblem } from '#lib/bridge/index.ts';
import type { Key, Params } from '#lib/i18n/index.svelte.ts';
import { NUMBER_DIGITS } from './digits';

export type Field = FieldProblem['field'];

/** The order in which the fields stand on the screen. */
export const FIELDS: Field[] = [
	'citizen_id',
	'full_name',
	'birth_date',
	'phone',
	'representative_phone',
	'consents',
];

/** Digits of the card that the state gave out before. */
const OLD_DIGITS = 9;

type Said = [Key, Params?];

function ofNumber({ code, digits }: FieldProblem): Said {
	const n = digits ?? 0;
	if (code === 'missing') return ['problem.number_missing'];
	if (code === 'not_a_digit') return ['problem.digits_only'];
	if (code === 'too_short' && n === OLD_DIGITS) return ['problem.number_old'];
	if (code === 'too_short') return ['problem.number_short', { left: NUMBER_DIGITS - n, n }];
	if (code === 'too_long') return ['problem.number_long', { over: n - NUMBER_DIGITS }];
	return ['problem.other'];
}

function ofPhone({ field, code, digits }: FieldProblem): Said {
	const n = digits ?? 0;
	switch (code) {
		case 'missing':
			return [field === 'phone' ? 'problem.phone_missing' : 'problem.representative_missing'];
		case 'not_a_digit':
			return ['problem.digits_only'];
		case 'too_short':
		case 'malformed':
			return ['problem.phone_length', { n }];
		case 'too_long':
			return ['problem.phone_long', { n }];
		case 'foreign':
			return ['problem.phone_foreign'];
		case 'not_mobile':
			return ['problem.phone_not_mobile'];
		default:
			return ['problem.other'];
	}
}

function ofName({ code }: FieldProblem): Said {
	if (code === 'missing') return ['problem.name_missing'];
	if (code === 'too_long') return ['problem.name_long'];
	return ['problem.name_malformed'];
}

function ofBirth({ code }: FieldProblem): Said {
	if (code === 'missing') return ['problem.birth_missing'];
	if (code === 'too_young') return ['problem.too_young'];
	return ['problem.birth_malformed'];
}

/** The sentence under a field. */
export function said(problem: FieldProblem): Said {
	// Too young is said of the person, whichever field it was seen in.
	if (problem.code === 'too_young') return ['problem.too_young'];
	switch (problem.field) {
		case 'citizen_id':
			return ofNumber(problem);
		case 'full_name':
			return ofName(problem);
		case 'birth_date':
			return ofBirth(problem);
		case 'consents':
			return ['problem.consent_missing'];
		default:
			return ofPhone(problem);
	}
}

/** Warnings that speak of the digits; the rest only matters right after a scan. */
export const ofDigits: CardWarning[] = [
	'number_and_birth_date_differ',
	'number_and_sex_differ',
	'unknown_province',
	'birth_year_in_future',
	'very_old',
];
