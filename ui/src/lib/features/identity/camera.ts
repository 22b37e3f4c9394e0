// The device's camera, where the window may use one, and pictures of the clipboard.

/** Enough for a card's code, and quick to read. */
const WIDTH = 1280;
const QUALITY = 0.85;

export interface Camera {
	stream: MediaStream;
	hasTorch: boolean;
	/** What the camera sees now; nothing before the first picture. */
	frame(video: HTMLVideoElement): Promise<Blob | null>;
	light(on: boolean): Promise<void>;
	close(): void;
}

/** Light and its constraint are not yet part of the type library. */
type Lit = MediaTrackCapabilities & { torch?: boolean };

/** Nothing where there is no camera or the person says no. */
export async function openCamera(): Promise<Camera | null> {
	const media: MediaDevices | undefined = navigator.mediaDevices;
	if (!media) return null;
	let stream: MediaStream;
	try {
		stream = await media.getUserMedia({
			video: { facingMode: { ideal: 'environment' }, width: { ideal: WIDTH } },
		});
	} catch {
		return null;
	}
	const [track] = stream.getVideoTracks();
	const able: Lit | undefined = track?.getCapabilities?.();
	const canvas = document.createElement('canvas');
	return {
		stream,
		hasTorch: able?.torch === true,
		async frame(video) {
			if (video.videoWidth === 0) return null;
			canvas.width = video.videoWidth;
			canvas.height = video.videoHeight;
			canvas.getContext('2d')?.drawImage(video, 0, 0);
			return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
		},
		async light(on) {
			const wanted = { advanced: [{ torch: on } as MediaTrackConstraintSet] };
			await track?.applyConstraints(wanted).catch(() => undefined);
		},
		close() {
			for (const each of stream.getTracks()) each.stop();
		},
	};
}

/** The first picture of the clipboard; nothing where there is none or it may not be read. */
export async function pictureIn(clipboard: Clipboard | undefined): Promise<Blob | null> {
	try {
		for (const item of (await clipboard?.read()) ?? []) {
			const type = item.types.find((each) => each.startsWith('image/'));
			if (type) return await item.getType(type);
		}
	} catch {
		// Not allowed is the same as nothing there: the person can still paste by keys.
	}
	return null;
}
