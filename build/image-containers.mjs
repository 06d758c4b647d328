/** The two containers of icons: both only name the PNGs that they hold. */

/**
 * Windows' ICO, from PNGs of square images: a header of 6 bytes, 16 for each image, then the images.
 * @param {readonly { readonly size: number, readonly png: Buffer }[]} images
 */
export function icoOf(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, png }, at) => {
    const entry = 6 + 16 * at;
    // 0 stands for 256.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** macOS's types for PNGs: by size in pixels, at 1x and (for a logical size of half of it) at 2x. */
const ICNS_TYPES = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * macOS's ICNS: a header of 8 bytes, then each image behind its type and length.
 * @param {readonly { readonly size: number, readonly png: Buffer }[]} images
 */
export function icnsOf(images) {
  const parts = images.flatMap(({ size, png }) =>
    (ICNS_TYPES[size] ?? []).map((type) => Buffer.concat([named(type, 8 + png.length), png])),
  );
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([named('icns', length), ...parts]);
}

function named(type, length) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(length, 4);
  return header;
}
