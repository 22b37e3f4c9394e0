import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { autosave, type SaveState } from './autosave';

type Patch = { text?: string; public?: boolean };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function writing(fails = 0) {
	const saved: Patch[] = [];
	const states: SaveState[] = [];
	const draft = autosave<Patch>(
		async (patch) => {
			if (fails-- > 0) throw new Error('disk');
			saved.push(patch);
		},
		(state) => states.push(state),
	);
	return { draft, saved, states };
}

test('a pause in typing saves all that changed, once', async () => {
	const { draft, saved, states } = writing();
	draft.change({ text: 'Ổ' });
	draft.change({ text: 'Ổ gà' });
	draft.change({ public: false });
	await vi.advanceTimersByTimeAsync(2000);
	expect(saved).toEqual([{ text: 'Ổ gà', public: false }]);
	expect(states.at(-1)).toBe('saved');
});

test('typing without a pause is saved within two seconds', async () => {
	const { draft, saved } = writing();
	for (let n = 0; n < 20; n++) {
		draft.change({ text: 'x'.repeat(n) });
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(saved.length).toBeGreaterThan(0);
});

test('what could not be saved goes with the next save', async () => {
	const { draft, saved, states } = writing(1);
	draft.change({ text: 'mất điện' });
	expect(await draft.flush()).toBe(false);
	expect(states.at(-1)).toBe('failed');
	draft.change({ public: true });
	expect(await draft.flush()).toBe(true);
	expect(saved).toEqual([{ text: 'mất điện', public: true }]);
});
