import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ListSearch } from './ListSearch';

describe('ListSearch', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const field = () => screen.getByRole('searchbox', { name: 'Search' });
  const pause = () => act(() => jest.advanceTimersByTime(250));

  it('searches when the person pauses, and shows the typed text immediately', async () => {
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const onChange = jest.fn();
    render(<ListSearch label="Search" value="" onChange={onChange} />);
    await user.type(field(), 'shop');
    expect(field()).toHaveValue('shop');
    expect(onChange).not.toHaveBeenCalled();
    pause();
    expect(onChange.mock.calls).toEqual([['shop']]);
  });

  it('keeps the typed text until the reported value comes back', async () => {
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const onChange = jest.fn();
    const { rerender } = render(
      <ListSearch label="Search" value="" onChange={onChange} />,
    );
    await user.type(field(), 'a');
    pause();
    await user.type(field(), 'b');
    rerender(<ListSearch label="Search" value="a" onChange={onChange} />);
    expect(field()).toHaveValue('ab');
    pause();
    expect(onChange.mock.calls).toEqual([['a'], ['ab']]);
  });

  it('takes over a search from elsewhere', () => {
    const onChange = jest.fn();
    const { rerender } = render(
      <ListSearch label="Search" value="shop" onChange={onChange} />,
    );
    rerender(<ListSearch label="Search" value="" onChange={onChange} />);
    expect(field()).toHaveValue('');
    pause();
    expect(onChange).not.toHaveBeenCalled();
  });
});
