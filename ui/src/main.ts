// Where the page begins: the styles and the first word to the program, so that the desktop's code loads while the program answers.
import "./styles/base.css";
import { openSession } from "./api/session";

const opening = openSession();
// Not awaited here: the desktop's code uses this file's modules, and would wait for it in turn.
void import("./start").then(({ start }) => start(opening));
