export interface Config {
  app?: {
    developmentSignIn?: {
      /**
       * The people that the development sign-in page offers. They must be users in the catalog.
       *
       * @deepVisibility frontend
       */
      people?: Array<{
        /** Entity ref of the user. */
        user: string;
        name: string;
        /** The person's role, in a few words. */
        role: string;
        /** What this person sees. */
        shows: string;
      }>;
    };
  };
}
