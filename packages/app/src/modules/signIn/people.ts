import { ConfigApi } from '@backstage/frontend-plugin-api';

/** One of the people that the development sign-in offers. */
export interface ExamplePerson {
  /** Entity ref, such as `user:default/ada`. */
  user: string;
  name: string;
  /** The person's role, in a few words. */
  role: string;
  /** What this person sees. */
  shows: string;
}

/** Reads the example people from `app.developmentSignIn.people`. */
export function readPeople(config: ConfigApi): ExamplePerson[] {
  const people = config.getOptionalConfigArray('app.developmentSignIn.people');
  return (people ?? []).map(person => ({
    user: person.getString('user'),
    name: person.getString('name'),
    role: person.getString('role'),
    shows: person.getString('shows'),
  }));
}
