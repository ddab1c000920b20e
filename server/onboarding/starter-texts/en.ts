import type { StarterTexts } from './texts.ts';

export const en: StarterTexts = {
  labels: {
    name: 'Name',
    request: 'Request',
    place: 'Place',
    question: 'Question',
    service: 'Service',
    when: 'Day and time',
    change: 'Change',
  },
  buttons: {
    quote: 'Get a quote',
    question: 'Ask a question',
    book: 'Book',
    change: 'Change or cancel',
    person: 'Talk to a person',
  },
  words: {
    quote: ['quote', 'price', 'prices', 'offer', 'cost', 'estimate'],
    question: ['question', 'ask', 'know'],
    book: ['book', 'booking', 'appointment', 'reserve'],
    change: ['change', 'cancel', 'move', 'reschedule'],
    person: ['person', 'human', 'agent', 'somebody', 'someone', 'representative'],
  },
  welcome: {
    requests: 'Hello {name}, thank you for writing to {business}. What can we do for you?',
    quotes: 'Hello {name}, this is {business}’s assistant. What can I do for you?',
    appointments: 'Hello {name}, this is {business}’s assistant. Would you like an appointment?',
  },
  asks: {
    name: 'And what is your name?',
    need: 'Gladly. What do you need? A sentence or two is enough.',
    place: 'Where is it for? The town or the postcode.',
    question: 'What would you like to know?',
    service: 'Gladly. What is the appointment for?',
    when: 'Which day and time suit you best?',
    change: 'Which appointment is it, and what shall we change?',
  },
  retry: {
    name: 'Sorry, I did not get that. Just your name, please, such as “Ana Silva”.',
    text: 'Please write it in a few words.',
    choice: 'Sorry, I did not understand that. Please choose one of these.',
  },
  thanks: {
    request: 'Thank you, {name}. Somebody at {business} answers you here soon.',
    quote: 'Thank you, {name}. Somebody at {business} prepares your quote and writes to you here.',
    appointment: 'Thank you, {name}. Somebody at {business} looks for a time and confirms it here.',
    person: 'Thank you. Somebody at {business} answers you here soon.',
  },
  sample: {
    hello: 'Hello',
    request: 'My order has not arrived yet',
    need: 'Solar panels for a house with a flat roof',
    place: 'Valencia',
    service: 'A haircut',
    when: 'Thursday after 4 pm',
    name: 'Ana Silva',
  },
};
