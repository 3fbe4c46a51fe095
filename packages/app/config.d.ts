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
        /** What the person is, in a few words. */
        role: string;
        /** What can be seen as this person. */
        shows: string;
      }>;
    };
  };
}
