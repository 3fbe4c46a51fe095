const KEY = 'berth.development.user';

/**
 * The person chosen at the last sign-in: in this tab, or else in the last tab that signed in. Two tabs can be
 * signed in as two people, and a new tab continues as the last one.
 */
export const chosenUser = {
  get(): string | undefined {
    return (
      sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? undefined
    );
  },
  set(user: string) {
    sessionStorage.setItem(KEY, user);
    localStorage.setItem(KEY, user);
  },
  forget() {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
  },
};
