import { expect, test } from 'vitest';
import { said } from './problems';

test('a number says how many digits are missing', () => {
	const short = { field: 'citizen_id', code: 'too_short', digits: 11 } as const;
	expect(said(short)).toEqual(['problem.number_short', { left: 1, n: 11 }]);
	expect(said({ ...short, digits: 9 })).toEqual(['problem.number_old']);
	expect(said({ field: 'citizen_id', code: 'too_long', digits: 14 })).toEqual([
		'problem.number_long',
		{ over: 2 },
	]);
});

test('who is too young is told in the same words wherever it shows', () => {
	for (const field of ['citizen_id', 'birth_date'] as const)
		expect(said({ field, code: 'too_young', digits: null })).toEqual(['problem.too_young']);
});

test('a phone of a representative has its own words when it is missing', () => {
	expect(said({ field: 'phone', code: 'missing', digits: null })).toEqual([
		'problem.phone_missing',
	]);
	expect(said({ field: 'representative_phone', code: 'missing', digits: null })).toEqual([
		'problem.representative_missing',
	]);
	expect(said({ field: 'representative_phone', code: 'not_mobile', digits: 10 })).toEqual([
		'problem.phone_not_mobile',
	]);
});
