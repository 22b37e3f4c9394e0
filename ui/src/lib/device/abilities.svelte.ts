// What this device can do. Until the core has answered it can do nothing of its own, so that every
// screen has its way without.
import { deviceView, type DeviceView } from '#lib/bridge/index.ts';

let can = $state.raw<DeviceView>({
	scans: false,
	locates: false,
	buzzes: false,
	shares: false,
	notifies: false,
	sends: 'when_open',
});

export const device = {
	get can(): DeviceView {
		return can;
	},
	async load(): Promise<void> {
		can = await deviceView();
	},
};
