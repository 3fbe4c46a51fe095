import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/test-utils';
import { ShownValue } from './ConfigMapDetails';

describe('ShownValue', () => {
  it.each([
    ['bytes', { base64: 'AP+A' }, [0, 255, 128]],
    ['text', { text: 'ü', base64: 'w7w=' }, [195, 188]],
  ])('downloads %s', async (_, value, expected) => {
    const saved: Blob[] = [];
    URL.createObjectURL = blob => `blob:${saved.push(blob as Blob)}`;
    URL.revokeObjectURL = () => {};
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    await renderInTestApp(<ShownValue name="key" {...value} />);
    await userEvent.click(screen.getByRole('button', { name: 'Download' }));
    const bytes = [...new Uint8Array(await saved[0].arrayBuffer())];
    expect(bytes).toEqual(expected);
  });
});
