import type { StarterTexts } from './texts.ts';

export const fr: StarterTexts = {
  labels: {
    name: 'Nom',
    request: 'Demande',
    place: 'Lieu',
    question: 'Question',
    service: 'Prestation',
    when: 'Jour et heure',
    change: 'Changement',
  },
  buttons: {
    quote: 'Demander un devis',
    question: 'Poser une question',
    book: 'Prendre rendez-vous',
    change: 'Modifier, annuler',
    person: 'Parler à quelqu’un',
  },
  words: {
    quote: ['devis', 'prix', 'tarif', 'tarifs', 'offre', 'coûte'],
    question: ['question', 'demander', 'savoir'],
    book: ['rendez-vous', 'réserver', 'réservation', 'rdv'],
    change: ['modifier', 'changer', 'annuler', 'déplacer'],
    person: ['personne', 'humain', 'agent', 'conseiller', 'conseillère', 'parler à quelqu’un'],
  },
  welcome: {
    requests: 'Bonjour {name}, merci d’avoir écrit à {business}. Que pouvons-nous faire pour vous ?',
    quotes: 'Bonjour {name}, ici l’assistant de {business}. Que puis-je faire pour vous ?',
    appointments: 'Bonjour {name}, ici l’assistant de {business}. Souhaitez-vous un rendez-vous ?',
  },
  asks: {
    name: 'Et quel est votre nom ?',
    need: 'Avec plaisir. De quoi avez-vous besoin ? Une ou deux phrases suffisent.',
    place: 'Pour quel endroit ? La ville ou le code postal.',
    question: 'Que souhaitez-vous savoir ?',
    service: 'Avec plaisir. Pour quelle prestation ?',
    when: 'Quel jour et quelle heure vous conviennent le mieux ?',
    change: 'De quel rendez-vous s’agit-il, et que devons-nous changer ?',
  },
  retry: {
    name: 'Pardon, je n’ai pas compris. Juste votre nom, s’il vous plaît, comme « Ana Silva ».',
    text: 'Écrivez-le en quelques mots, s’il vous plaît.',
    choice: 'Pardon, je n’ai pas compris. Choisissez l’une de ces réponses, s’il vous plaît.',
  },
  thanks: {
    request: 'Merci, {name}. Quelqu’un de {business} vous répond ici bientôt.',
    quote: 'Merci, {name}. Quelqu’un de {business} prépare votre devis et vous écrit ici.',
    appointment: 'Merci, {name}. Quelqu’un de {business} cherche un créneau et vous le confirme ici.',
    person: 'Merci. Quelqu’un de {business} vous répond ici bientôt.',
  },
  sample: {
    hello: 'Bonjour',
    request: 'Ma commande n’est pas encore arrivée',
    need: 'Des panneaux solaires pour une maison à toit plat',
    place: 'Nantes',
    service: 'Une coupe de cheveux',
    when: 'Jeudi après 16 h',
    name: 'Ana Silva',
  },
};
