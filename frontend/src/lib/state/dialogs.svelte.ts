/** The dialogs that more than one place opens: buttons, keys, the palette. */
class Dialogs {
  settings = $state(false);
  about = $state(false);
  caseSettings = $state(false);
}

export const dialogs = new Dialogs();
