// What is said in English where a finger opens something.
import type { touch as vi } from '../vi/touch';

export const touch: Record<keyof typeof vi, string> = {
	'draft.more': 'More about the draft',
	'draft.go_on': 'Go on writing',
	'draft.delete': 'Delete the draft',
	'draft.sure':
		'The words and photos of the draft will be gone from this device. It was not sent to anybody.',
	'draft.delete_now': 'Delete it for good',
};
