import type { Language } from "@acta/protocol";
import { createContext, useContext } from "react";
import { type Say, sayIn } from "../words.ts";

/** The reader's language, and the voice that speaks it. */
export type Voice = { readonly language: Language; readonly say: Say };

/** Given once by the app. */
export const VoiceContext = createContext<Voice>({ language: "zh", say: sayIn("zh") });

/** The voice in which a part speaks. */
export function useVoice(): Voice {
  return useContext(VoiceContext);
}
