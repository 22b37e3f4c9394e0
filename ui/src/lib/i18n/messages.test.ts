import { expect, test } from 'vitest';
import { en } from './en';
import { vi } from './vi';

const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const keys = Object.keys(vi) as (keyof typeof vi)[];

test('both languages fill the same blanks', () => {
	const differing = keys.filter((key) => String(blanks(vi[key])) !== String(blanks(en[key])));
	expect(differing).toEqual([]);
});

test('no message is empty, shouts or speaks of machines', () => {
	const bad = keys.filter((key) => !vi[key].trim() || /!|SLA|ticket|submit|đồng bộ/i.test(vi[key]));
	expect(bad).toEqual([]);
});
