/** Photos: taken or picked, made smaller, shown before sending, with words if wanted. */
import { button, el } from './dom.js';
import { t } from './i18n.js';
import { openSheet, toast } from './sheet.js';

const LONGEST_SIDE = 2048;
const SMALL_BYTES = 400_000;
const MOST = 9;

/**
 * @param {boolean} camera straight from the camera, or from the album
 * @param {(photos: Blob[], caption: string) => void} onSend
 */
export function choosePhotos(camera, onSend) {
  const input = el('input', { type: 'file', accept: 'image/*', capture: camera && 'environment', multiple: !camera });
  input.addEventListener('change', () => preview([...input.files], onSend));
  input.click();
}

async function preview(files, onSend) {
  const images = files.filter((file) => file.type.startsWith('image/')).slice(0, MOST);
  if (!images.length) return toast(t('photo_none'));
  const photos = await Promise.all(images.map(smaller));
  const urls = photos.map((photo) => URL.createObjectURL(photo));
  const caption = el('textarea', { id: 'caption', rows: 2, class: 'field', dir: 'auto' });
  const send = () => {
    dialog.close();
    onSend(photos, caption.value.trim());
  };
  const dialog = openSheet(t('photo_send_title'), [
    el('div', { class: 'photo-row is-preview' }, ...urls.map((url, index) => (
      el('img', { src: url, alt: t('photo_number', { number: index + 1 }) })))),
    el('label', { for: 'caption' }, t('caption')),
    caption,
    el('div', { class: 'sheet-actions' },
      button(t('cancel'), () => dialog.close(), { class: 'button is-plain' }),
      button(t('send'), send, { class: 'button is-primary' })),
  ], { onClose: () => urls.forEach(URL.revokeObjectURL) });
}

/** A smaller JPEG without its camera data; the file itself where the browser cannot read it. */
async function smaller(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    if (scale === 1 && file.size < SMALL_BYTES && file.type !== 'image/jpeg') return file;
    const canvas = el('canvas', { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', 0.85));
  } catch {
    return file;
  }
}
