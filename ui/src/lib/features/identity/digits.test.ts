import { expect, test } from 'vitest';
import { codeIn, dayShown, dayTyped, grouped, inGroups } from './digits';

test('a number is drawn in groups of three while it is typed', () => {
	const drawn = grouped('03109').map((place) => `${place.digit} ${place.at}`);
	expect(drawn).toEqual(['0 first', '3 middle', '1 last', '0 first', '9 middle']);
	expect(grouped('')).toEqual([]);
});

test('a field with spaces of its own or too many digits shows itself', () => {
	expect(grouped('031 090')).toEqual([]);
	expect(grouped('0310900000012')).toEqual([]);
	expect(grouped('03109000000O')).toEqual([]);
});

test('a number is read out in groups, however it was typed', () => {
	expect(inGroups('031090000001')).toBe('031 090 000 001');
	expect(inGroups('031.0900-00 01')).toBe('031 090 000 01');
	expect(inGroups('')).toBe('');
});

test('a code is found in a pasted message', () => {
	expect(codeIn('481902')).toBe('481902');
	expect(codeIn('481 902')).toBe('481902');
	expect(codeIn('Ma xac nhan cua ban la 481902. Co hieu luc 5 phut. LH 02253821234')).toBe(
		'481902',
	);
	expect(codeIn('4819')).toBe('4819');
	expect(codeIn('48190277')).toBe('481902');
	expect(codeIn('không có số')).toBe('');
});

test('a birth date is read as people write it, and left alone otherwise', () => {
	for (const typed of [
		'17/5/1990',
		'17/05/1990',
		' 17.05.1990 ',
		'17-5-1990',
		'17 5 1990',
		'17051990',
	])
		expect(dayTyped(typed), typed).toBe('1990-05-17');
	expect(dayTyped('')).toBeNull();
	expect(dayTyped('  ')).toBeNull();
	expect(dayTyped('17/5/90')).toBe('17/5/90');
	expect(dayTyped('năm 1990')).toBe('năm 1990');
});

test('a birth date is shown as people write it', () => {
	expect(dayShown('1990-05-17')).toBe('17/05/1990');
	expect(dayShown('17/5')).toBe('17/5');
	expect(dayShown(null)).toBe('');
});
