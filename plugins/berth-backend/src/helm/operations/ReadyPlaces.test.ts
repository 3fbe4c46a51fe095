import { ReadyPlaces } from './ReadyPlaces';

describe('ReadyPlaces', () => {
  it('bounds all, and those of one person', () => {
    const places = new ReadyPlaces(3, 2);
    const first = places.take('alice');
    places.take('alice');
    expect(places.take('alice')).toBeUndefined();
    expect(places.take('bob')).toBeDefined();
    expect(places.take('carol')).toBeUndefined();
    first!();
    expect(places.take('carol')).toBeDefined();
    expect(places.take('alice')).toBeUndefined();
  });
});
