import { useState } from 'react';
import { fireEvent, screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/test-utils';
import { useUnsavedChanges } from './unsavedChanges';

const QUESTION = 'Leave without saving? What you entered will be lost.';

function Form({ onClose = () => {} }: { onClose?: () => void }) {
  const [isChanged, setChanged] = useState(true);
  const mayDiscard = useUnsavedChanges(isChanged);
  return (
    <>
      <a href="/elsewhere">Elsewhere</a>
      <a href="/elsewhere" target="_blank" rel="noreferrer">
        In a new tab
      </a>
      <button onClick={() => mayDiscard() && onClose()}>Close</button>
      <button onClick={() => setChanged(false)}>Save</button>
    </>
  );
}

/** Clicks a link; returns whether the navigation goes on. */
function follow(name: string): boolean {
  const seen = jest.fn((event: Event) => event.preventDefault());
  const link = screen.getByRole('link', { name });
  link.addEventListener('click', seen);
  fireEvent.click(link);
  link.removeEventListener('click', seen);
  return seen.mock.calls.length > 0;
}

function leave(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return !event.defaultPrevented;
}

/** Goes back; returns whether the router sees it. */
function goBack(): boolean {
  const router = jest.fn();
  window.addEventListener('popstate', router);
  window.dispatchEvent(new PopStateEvent('popstate', { state: { idx: 2 } }));
  window.removeEventListener('popstate', router);
  return router.mock.calls.length > 0;
}

describe('unsaved input', () => {
  const confirm = jest.spyOn(window, 'confirm');
  const go = jest.spyOn(window.history, 'go');

  beforeEach(() => {
    confirm.mockReset().mockReturnValue(false);
    go.mockReset();
    window.history.replaceState({ idx: 3 }, '');
  });

  it('is kept when the person does not agree to lose it', async () => {
    const onClose = jest.fn();
    await renderInTestApp(<Form onClose={onClose} />);

    expect(follow('Elsewhere')).toBe(false);
    expect(confirm).toHaveBeenLastCalledWith(QUESTION);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).not.toHaveBeenCalled();
    expect(confirm).toHaveBeenCalledTimes(2);
    expect(leave()).toBe(false);
  });

  it('restores the address when the person stays after Back', async () => {
    await renderInTestApp(<Form />);

    expect(goBack()).toBe(false);
    expect(go).toHaveBeenCalledWith(1);
    // The return to the form neither asks nor moves.
    window.dispatchEvent(new PopStateEvent('popstate', { state: { idx: 3 } }));
    expect(confirm).toHaveBeenCalledTimes(1);
  });

  it('is lost when the person agrees', async () => {
    confirm.mockReturnValue(true);
    const onClose = jest.fn();
    await renderInTestApp(<Form onClose={onClose} />);

    expect(follow('Elsewhere')).toBe(true);
    expect(goBack()).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalled();
  });

  it('does not block a new browser tab', async () => {
    await renderInTestApp(<Form />);
    expect(follow('In a new tab')).toBe(true);
    expect(confirm).not.toHaveBeenCalled();
  });

  it('does not ask after saving', async () => {
    const onClose = jest.fn();
    await renderInTestApp(<Form onClose={onClose} />);
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));

    expect(follow('Elsewhere')).toBe(true);
    expect(goBack()).toBe(true);
    expect(leave()).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalled();
    expect(confirm).not.toHaveBeenCalled();
  });
});
