import { expect, test } from 'vitest';
import { refused } from './code-words';

const say = (key: string) => key;

test('a wrong code tells the tries that are left, and the last one ends it', () => {
	expect(refused({ code: 'code-wrong', tries_left: 2 }, say)).toEqual({
		over: false,
		words: ['code.wrong', { n: 2 }],
	});
	expect(refused({ code: 'code-wrong', tries_left: 0 }, say)).toEqual({
		over: true,
		words: ['code.over'],
	});
	expect(refused({ code: 'code-wrong' }, say).words).toEqual(['code.wrong_plain']);
});

test('a code that is over asks for a new one', () => {
	expect(refused({ code: 'code-over' }, say)).toEqual({ over: true, words: ['code.over'] });
});

test('too many codes tell how long to wait', () => {
	expect(refused({ code: 'too-many-requests', retry_after_s: 300 }, say).words).toEqual([
		'code.too_many',
		{ time: '5:00' },
	]);
});

test('no network leaves the code as it is', () => {
	expect(refused({ code: 'offline' }, say)).toEqual({ over: false, words: null });
});
