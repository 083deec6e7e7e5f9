// The card over the picture: who has control, and how the connection is.

const card = document.getElementById("notice");
const title = document.getElementById("notice-title");
const text = document.getElementById("notice-text");
const actions = document.getElementById("notice-actions");

// Shows a card; each action is a label and what it does.
export function showNotice(heading, sentence, choices = []) {
  title.textContent = heading;
  text.textContent = sentence;
  actions.replaceChildren(...choices.map(([label, act]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }));
  card.hidden = false;
}

export function hideNotice() {
  card.hidden = true;
}
