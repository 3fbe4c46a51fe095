const WORDS = `
  acorn album alpine amber anchor apple apron arch armor arrow aspen atlas
  attic autumn bacon badge bagel baker bamboo banjo barn basil basket beacon
  beaver bench birch blanket blossom book bottle boulder branch brass bread
  brick bridge bronze brush bucket buffalo butter button cabin cactus camel
  camera candle canoe canvas carbon carpet carrot castle cedar cello cherry
  chimney cinder circle clay clock clover cobalt cocoa coffee comet compass
  copper coral cotton cradle cricket crystal cup daisy dancer desert diamond
  dolphin donkey dragon drum eagle easel echo emerald fabric falcon farmer
  feather fern fiddle field finch flame flint forest fossil fox galaxy garden
  garlic ginger giraffe glacier glass globe glove goblet golden granite grape
  guitar hammer harbor harp hazel hedge helmet heron hickory hill honey horse
  island ivory jacket jade jasmine jewel jungle juniper kayak kettle kitchen
  kite koala ladder lagoon lake lantern laurel lemon lentil lilac lily linen
  lion lobster lotus magnet mango maple marble market meadow melon mirror
  mitten moon moss museum napkin nectar needle nickel nutmeg oak oasis ocean
  olive onion opal orange orbit orchid otter owl paddle palace panda paper
  parrot pasta pebble pelican pencil penguin pepper piano pilot pine planet
  pocket pony poplar potato prairie pumpkin puzzle quill rabbit radio raven
  ribbon river robin rocket rowan ruby saddle saffron salmon sandal satin
  shadow silver singer sparrow spider spiral spruce squash stable station
  stone summer sunset swallow table tango thistle thunder tiger timber tomato
  topaz trumpet tulip tunnel turtle valley vanilla velvet violet violin
  walnut water wheat willow window winter yellow zebra zipper
`
  .trim()
  .split(/\s+/);

/**
 * Returns the four words by which a person compares the key of a device in the terminal and in the portal.
 *
 * @param thumbprint - the SHA-256 thumbprint of the public key as a JWK, 32 bytes
 * @see https://www.rfc-editor.org/rfc/rfc7638
 * @public
 */
export function keyWords(thumbprint: Uint8Array): string[] {
  return Array.from(thumbprint.subarray(0, 4), byte => WORDS[byte]);
}

/**
 * Returns the text whose SHA-256 digest is the thumbprint of a device's key.
 *
 * @param key - a public key of the curve P-256
 * @see https://www.rfc-editor.org/rfc/rfc7638#section-3.2
 * @public
 */
export function keyThumbprintInput({ x, y }: { x: string; y: string }): string {
  return JSON.stringify({ crv: 'P-256', kty: 'EC', x, y });
}
