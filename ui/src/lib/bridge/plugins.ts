// The parts of a phone that the window may use itself; capabilities/mobile.json names each call.
// Only the files of the `device` folder call them, and only where the core says that they are there.
import { call } from '$transport';

/** Calls a part of the device; rejects with what it says, which is no code of ours. */
export type Plugin = (
	plugin: string,
	command: string,
	args?: Record<string, unknown>,
) => Promise<unknown>;

export const plugin: Plugin = (name, command, args = {}) => call(`plugin:${name}|${command}`, args);
