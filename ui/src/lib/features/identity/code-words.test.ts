import { expect, test } from 'vitest';
import { refused } from './code-words';

test('a wrong code tells the tries that are left, and the last one ends it', () => {
	expect(refused({ code: 'code-wrong', tries_left: 2 })).toEqual({
		over: false,
		words: ['code.wrong', { n: 2 }],
	});
	expect(refused({ code: 'code-wrong', tries_left: 0 })).toEqual({
		over: true,
		words: ['code.over'],
	});
	expect(refused({ code: 'code-wrong' }).words).toEqual(['code.wrong_plain']);
});

test('a code that is over asks for a new one', () => {
	expect(refused({ code: 'code-over' })).toEqual({ over: true, words: ['code.over'] });
});

test('too many codes tell how long to wait', () => {
	expect(refused({ code: 'too-many-requests', retry_after_s: 300 }).words).toEqual([
		'code.too_many',
		{ time: '5:00' },
	]);
});

test('no network leaves the code as it is', () => {
	expect(refused({ code: 'offline' })).toEqual({ over: false, words: null });
});
