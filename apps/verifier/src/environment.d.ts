declare module "*.css";

/** The verifier's version, put in by the build. */
declare const VERSION: string;

/** When what the page is made of last changed, seconds since 1970, 0 where that is unknown; put in by the build. */
declare const BUILD_TIME: number;
