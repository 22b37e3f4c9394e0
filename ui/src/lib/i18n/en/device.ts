// What people read, in English, about what a phone brings.
import type { device as vi } from '../vi/device';

export const device: Record<keyof typeof vi, string> = {
	'place.about': 'From this device, within about {d}',
	'place.wide': 'A rough position, within about {d}. Choose the commune and describe the spot.',
	'place.lost.refused':
		'This device may not tell its position. The commune and a few words will do.',
	'place.lost.off':
		'No position: location is switched off on this device. Choose the commune and type the hamlet.',
	'place.lost.too_late':
		'No position yet. Try again under open sky, or choose the commune and type the hamlet.',
	'scan.otherwise': 'Scan another way',
	'link.not_yours': '{number} is not among your reports. Only its sender can see a report here.',
	'link.not_ours': 'This link cannot be opened in the app.',
	'link.close': 'Close',
	'outbox.sends.when_open':
		'Things are sent only while the app is open. Open it when there is a network.',
	'outbox.sends.when_allowed':
		'With the app closed this device still tries to send once there is a network. It chooses when; to be sure, open the app.',
	'notices.ask': 'Tell you about answers?',
	'notices.ask_sub': 'One line says that there is news; it never shows your report.',
	'notices.yes': 'Tell me',
	'notices.later': 'Later',
	'notices.refused': 'Notices of this app are off. Turn them on in the settings of the device.',
};
