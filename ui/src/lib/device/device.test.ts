import { expect, test } from 'vitest';
import type { Plugin } from '#lib/bridge/plugins.ts';
import { distance, isWide } from './accuracy';
import { buzz } from './buzz';
import { byDevice, byWindow, fixOf } from './place';
import { scan, seeThrough } from './scanner';
import { share } from './share';

/** A device whose parts answer as told; an Error is thrown. */
function parts(answers: Record<string, unknown>): { use: Plugin; asked: string[] } {
	const asked: string[] = [];
	const use: Plugin = (name, command, args) => {
		asked.push(`${name}|${command} ${JSON.stringify(args ?? {})}`);
		const answer = answers[command];
		return answer instanceof Error ? Promise.reject(answer.message) : Promise.resolve(answer);
	};
	return { use, asked };
}

const market = { latitude: 20.925, longitude: 106.66666661, accuracy: 11.2 };

test('a place travels as whole numbers, its doubt rounded up', () => {
	const fix = { lat_e7: 209_250_000, lon_e7: 1_066_666_666, accuracy_m: 12 };
	expect(fixOf(market)).toEqual({ fix });
	expect(fixOf({ ...market, accuracy: 0 })).toEqual({ fix: { ...fix, accuracy_m: null } });
	expect(fixOf({ ...market, accuracy: NaN })).toEqual({ fix: { ...fix, accuracy_m: null } });
	expect(fixOf({ ...market, latitude: NaN })).toEqual({ lost: 'off' });
	expect(fixOf({ ...market, longitude: 181 })).toEqual({ lost: 'off' });
});

test('a phone asks the person before it asks for the place', async () => {
	const { use, asked } = parts({
		request_permissions: { location: 'granted', coarseLocation: 'granted' },
		get_current_position: { coords: market },
	});
	expect(await byDevice(use)).toMatchObject({ fix: { accuracy_m: 12 } });
	expect(asked.map((each) => each.split(' ')[0])).toEqual([
		'geolocation|request_permissions',
		'geolocation|get_current_position',
	]);
});

test('who says no is not asked where they are', async () => {
	const { use, asked } = parts({
		request_permissions: { location: 'denied', coarseLocation: 'denied' },
	});
	expect(await byDevice(use)).toEqual({ lost: 'refused' });
	expect(asked).toHaveLength(1);
});

test('the rough place alone will do', async () => {
	const { use } = parts({
		request_permissions: { location: 'denied', coarseLocation: 'granted' },
		get_current_position: { coords: { ...market, accuracy: 2000 } },
	});
	expect(await byDevice(use)).toMatchObject({ fix: { accuracy_m: 2000 } });
});

test('a phone whose location is switched off, or that never answers, says so', async () => {
	const off = parts({ request_permissions: new Error('Location services are disabled.') });
	expect(await byDevice(off.use)).toEqual({ lost: 'off' });
	const silent: Plugin = (_, command) =>
		command === 'request_permissions'
			? Promise.resolve({ location: 'granted' })
			: new Promise(() => {});
	expect(await byDevice(silent, 0)).toEqual({ lost: 'too_late' });
});

test('a window that refuses, fails or waits too long says which', async () => {
	const failing = (code: number) =>
		({
			getCurrentPosition: (_: unknown, fail: (error: { code: number }) => void) => fail({ code }),
		}) as unknown as Geolocation;
	expect(await byWindow(failing(1))).toEqual({ lost: 'refused' });
	expect(await byWindow(failing(2))).toEqual({ lost: 'off' });
	expect(await byWindow(failing(3))).toEqual({ lost: 'too_late' });
});

test('doubt is said as people say it', () => {
	const said = [3, 12, 104, 996, 1000, 1540, 12_400].map((metres) => distance(metres, 'vi'));
	expect(said).toEqual(['3 m', '12 m', '100 m', '1000 m', '1 km', '1,5 km', '12 km']);
	expect(distance(1540, 'en')).toBe('1.5 km');
	expect([isWide(null), isWide(199), isWide(200)]).toEqual([false, false, true]);
});

test('a scan gives its text, or says that another way must do', async () => {
	const granted = { camera: 'granted' };
	const read = parts({ request_permissions: granted, scan: { content: '031|mẫu' } });
	expect(await scan(read.use)).toEqual({ text: '031|mẫu' });
	const refused = parts({ request_permissions: { camera: 'denied' } });
	expect(await scan(refused.use)).toBe('impossible');
	expect(refused.asked).toHaveLength(1);
	const closed = parts({ request_permissions: granted, scan: new Error('cancelled') });
	expect(await scan(closed.use)).toBe('closed');
	const broken = parts({ request_permissions: granted, scan: new Error('no camera') });
	expect(await scan(broken.use)).toBe('impossible');
});

test('the window can be seen through only while it scans', () => {
	const names = new Set<string>();
	const classList = {
		add: (it: string) => names.add(it),
		remove: (it: string) => names.delete(it),
	};
	const end = seeThrough({ classList } as unknown as HTMLElement);
	expect([...names]).toEqual(['seen-through']);
	end();
	expect(names.size).toBe(0);
});

test('what cannot be felt is not asked for', () => {
	const { use, asked } = parts({});
	buzz('sent', false, use);
	expect(asked).toEqual([]);
	buzz('wrong', true, use);
	expect(asked).toEqual(['haptics|notification_feedback {"type":"error"}']);
});

test('words go by the sheet of the device, then of the window, then by the clipboard', async () => {
	const copied: string[] = [];
	const clipboard = {
		writeText: (text: string) => {
			copied.push(text);
			return Promise.resolve();
		},
	};
	const { use, asked } = parts({ share: null });
	expect(await share('TN-000123', true, { clipboard }, use)).toBe('shared');
	expect(asked).toEqual(['share-sheet|share {"text":"TN-000123"}']);
	const broken = parts({ share: new Error('no app') });
	expect(await share('TN-000123', true, { clipboard }, broken.use)).toBe('copied');
	expect(await share('x', false, { share: () => Promise.resolve(), clipboard })).toBe('shared');
	const abort = () => Promise.reject(new DOMException('', 'AbortError'));
	expect(await share('x', false, { share: abort, clipboard })).toBe('closed');
	expect(await share('TN-2', false, { clipboard })).toBe('copied');
	expect(await share('x', false, {})).toBe('failed');
	expect(copied).toEqual(['TN-000123', 'TN-2']);
});
